import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseLanguage } from '#core/web/text.ts';
import { emptyContent } from '../content.ts';
import type { Filing } from '../contract.ts';
import { ReviewSheet } from './ReviewSheet.tsx';
import { fakeServer, hospital, Stage, wan } from './testing.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

const waiting: Filing = {
  ...hospital,
  state: 'submitted',
  level: 'responsibleUnit',
  seq: 1,
  monthYuan: wan(7_200),
  cumulativeYuan: wan(54_300),
  hits: [],
  versions: [
    {
      seq: 1,
      content: { ...emptyContent, monthYuan: wan(7_200), cumulativeYuan: wan(54_300), imageProgress: '封顶' },
      monthYuan: wan(7_200),
      cumulativeYuan: wan(54_300),
      submittedAt: '2021-09-26T01:31:00.000Z',
      submittedBy: '沈涛',
      latenessSeconds: 0,
      source: 'filed',
      counts: false,
    },
  ],
  allowed: ['return', 'pass'],
  review: {
    as: 'responsibleUnit',
    needsReason: false,
    steps: [
      { level: 'responsibleUnit', state: 'waiting', by: null, at: null, why: null },
      { level: 'commandPost', state: 'skipped', by: null, at: null, why: 'noUnit' },
      { level: 'office', state: 'ahead', by: null, at: null, why: null },
    ],
  },
};

function open(filing: Filing) {
  const server = fakeServer({
    [`/one/${filing.id}`]: () => filing,
    '/pass': () => filing,
    '/accept': () => ({ ...filing, state: 'accepted' }),
  });
  render(
    <Stage send={server.send}>
      <ReviewSheet id={filing.id} at={1} of={1} onDecided={() => {}} />
    </Stage>,
  );
  return server;
}

test('a level below the last hands up with A, and the levels say where the filing is and what was left out', async () => {
  const { sent } = open(waiting);
  expect(await screen.findByRole('button', { name: /通过并上报/ })).toBeTruthy();
  const steps = screen.getByRole('list', { name: '审核级次' });
  expect(steps.textContent).toContain('责任单位待审');
  expect(steps.textContent).toContain('协调指挥部没有该级单位');
  fireEvent.keyDown(document.body, { key: 'a' });
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ path: expect.stringMatching(/\/pass$/), body: { seq: 1, waived: [] } });
});

test('the office passes over a late level only with a reason, which goes along', async () => {
  const late: Filing = {
    ...waiting,
    allowed: ['return', 'accept'],
    review: { ...waiting.review, as: 'office', needsReason: true },
  };
  const { sent } = open(late);
  fireEvent.click(await screen.findByRole('button', { name: /越级通过/ }));
  expect(screen.getByText('请先写明意见')).toBeTruthy();
  expect(sent).toEqual([]);
  fireEvent.change(screen.getByLabelText('退回意见或更正原因'), { target: { value: '责任单位联系人出差' } });
  fireEvent.click(screen.getByRole('button', { name: /越级通过/ }));
  await waitFor(() => expect(sent).toMatchObject([{ body: { seq: 1, bypassReason: '责任单位联系人出差' } }]));
});

test('a report of the week is compared without a word about money', async () => {
  open({
    ...waiting,
    kind: 'weekly',
    period: '2021-W38',
    form: { ...waiting.form, fields: ['imageProgress', 'note'] },
  });
  expect(await screen.findByText('第38周')).toBeTruthy();
  expect(screen.queryByText('本月完成投资')).toBeNull();
  expect(screen.queryByText('近几个月完成投资')).toBeNull();
});
