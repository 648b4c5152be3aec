import 'fake-indexeddb/auto';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseLanguage } from '#core/web/text.ts';
import type { Filing } from '../contract.ts';
import { forgetDevice, get } from './device.ts';
import { keepDraft } from './device-draft.ts';
import { LeftBehind } from './LeftBehind.tsx';
import { OutboxStrip } from './OutboxStrip.tsx';
import { dropWaiting, enqueue } from './outbox.ts';
import { fakeServer, hospital, Stage, session, wan } from './testing.tsx';

const me = session.account.id;
const content = {
  ...hospital.draft,
  monthYuan: wan(7_200),
  cumulativeYuan: wan(54_300),
  imageProgress: '门诊楼二层完成',
};
const submitted: Filing = {
  ...hospital,
  state: 'submitted',
  seq: 1,
  allowed: ['withdraw'],
  versions: [
    {
      seq: 1,
      content: { ...content, imageProgress: '门诊楼一层完成' },
      monthYuan: wan(7_200),
      cumulativeYuan: wan(54_300),
      submittedAt: '2021-09-26T02:00:00.000Z',
      submittedBy: '钱进',
      latenessSeconds: 0,
      source: 'filed',
      counts: false,
    },
  ],
};

beforeEach(async () => {
  chooseLanguage('zh');
  await dropWaiting(me, hospital.id);
  await forgetDevice();
});
afterEach(cleanup);

const show = (page: React.ReactNode) => render(<Stage send={fakeServer({}).send}>{page}</Stage>);

test('what was written here stands beside what somebody else submitted, and goes only when the person says so', async () => {
  const draft = { filingId: hospital.id, content, base: hospital.draft, draftVersion: 0, held: [] };
  await keepDraft(me, draft);
  show(<LeftBehind filing={submitted} />);
  await screen.findByText('门诊楼二层完成');
  expect(screen.getByText('门诊楼一层完成')).toBeTruthy();
  // Sums that are the same on both sides are no difference.
  expect(screen.queryByText(/54,300/)).toBeNull();
  fireEvent.click(screen.getByText('删除本机内容'));
  expect(await get('draft', `${me} ${hospital.id}`)).toBeTruthy();
  const buttons = await screen.findAllByText('删除本机内容');
  fireEvent.click(buttons.at(-1)!);
  await waitFor(async () => expect(await get('draft', `${me} ${hospital.id}`)).toBeUndefined());
});

test('the list says what waits, what is only here, and why something was not sent', async () => {
  await keepDraft(me, { filingId: 'other', content, base: null, draftVersion: 0, held: [] });
  const { id: filingId, projectId, projectName, period } = hospital;
  await enqueue(me, {
    key: 'key-00000001',
    filingId,
    projectId,
    projectName,
    period,
    draftVersion: 0,
    base: null,
    content,
    held: [],
    at: '2021-09-26T02:00:00.000Z',
    refused: { zh: '这份填报已提交', en: 'It was submitted' },
    clash: null,
  });
  show(<OutboxStrip />);
  await screen.findByText('1 份草稿已存本机，还没有存到服务器');
  expect(screen.getByText('市中心医院项目').closest('a')?.getAttribute('href')).toBe(`/filings/${projectId}/2021-09`);
  expect(screen.getByText('这份填报已提交')).toBeTruthy();
});
