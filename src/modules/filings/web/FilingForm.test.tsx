import 'fake-indexeddb/auto';
import { useQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseLanguage } from '#core/web/text.ts';
import type { Filing } from '../contract.ts';
import { forgetDevice, get } from './device.ts';
import { FilingForm } from './FilingForm.tsx';
import { keys } from './keys.ts';
import { dropWaiting, listWaiting } from './outbox.ts';
import { type Answers, fakeServer, hospital, Stage, session, wan } from './testing.tsx';
import { useOutboxSender } from './use-outbox.ts';

const line = vi.spyOn(navigator, 'onLine', 'get');
beforeEach(async () => {
  chooseLanguage('zh');
  localStorage.clear();
  await dropWaiting(session.account.id, hospital.id);
  await forgetDevice();
  line.mockReturnValue(true);
});
afterEach(cleanup);

const answers: Answers = {
  '/draft': ({ body }) => ({
    id: hospital.id,
    state: 'draft',
    draftVersion: Number(body.draftVersion) + 1,
    draftAt: '2021-09-26T02:42:00.000Z',
    allowed: ['save', 'submit'],
  }),
  '/submit': () => ({ ...hospital, state: 'submitted', seq: 1, allowed: ['withdraw'] }),
};

function Sender() {
  return <output>{useOutboxSender().length}</output>;
}

/** As the page does it: the form while it may be submitted, from the cache that saves and submissions write to. */
function Page({ filing }: { filing: Filing }) {
  const { data } = useQuery({
    queryKey: keys.of(filing.projectId, filing.period),
    queryFn: () => filing,
    staleTime: Infinity,
  });
  if (!data) return null;
  return data.allowed.includes('submit') ? <FilingForm filing={data} /> : <p>{data.state}</p>;
}

async function open(filing: Partial<Filing> = {}, more: Answers = {}) {
  const server = fakeServer({ ...answers, ...more });
  render(
    <Stage send={server.send}>
      <Page filing={{ ...hospital, ...filing }} />
      <Sender />
    </Stage>,
  );
  await screen.findByLabelText(/形象进度|Image progress/);
  return server;
}
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submits = (sent: { path: string }[]) => sent.filter((s) => s.path.endsWith('/submit'));

test('one number, one cause, one button: the other amount is worked out and yuan are exact', async () => {
  const { sent } = await open();
  type('本月完成投资', '3,100.0001');
  expect(screen.getByLabelText('本年累计完成')).toHaveProperty('value', '50,200.0001');
  expect(screen.getByText('比本月计划少 4,100 万元，请选一个主因')).toBeTruthy();
  fireEvent.click(screen.getByText('提交'));
  expect(screen.getByText('还有 1 处需要处理')).toBeTruthy();
  expect(submits(sent)).toEqual([]);
  fireEvent.click(screen.getByText('资金'));
  fireEvent.click(screen.getByText('提交'));
  await waitFor(() => expect(submits(sent)).toHaveLength(1));
  expect(submits(sent)[0]).toMatchObject({
    body: { content: { monthYuan: 31_000_001, cumulativeYuan: 502_000_001, cause: 'funding' } },
  });
});

test('the cumulative may be entered instead, and the month follows', async () => {
  await open();
  type('本年累计完成', '54300');
  expect(screen.getByLabelText('本月完成投资')).toHaveProperty('value', '7,200');
});

test('in a first filing the year so far is entered beside the month, and stays when the month changes', async () => {
  await open({ facts: { ...hospital.facts, lastPeriod: null, lastCumulativeYuan: 0 }, last: null });
  type('本月完成投资', '7200');
  type('本年累计完成', '54300');
  expect(screen.getByLabelText('本月完成投资')).toHaveProperty('value', '7,200');
  expect(screen.getByText('本年首次填报，此前累计 47,100 万元没有逐月填报')).toBeTruthy();
  type('本月完成投资', '7000');
  expect(screen.getByLabelText('本年累计完成')).toHaveProperty('value', '54,100');
});

test('a form that was just opened accuses nobody, and an empty one is not submitted', async () => {
  const { sent } = await open();
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.click(screen.getByText('提交'));
  expect(screen.getByText(/本月完成投资没有填/)).toBeTruthy();
  expect(submits(sent)).toEqual([]);
});

test('no change this month is one tap', async () => {
  const { sent } = await open();
  fireEvent.click(screen.getByText('本月无变化'));
  await waitFor(() => expect(submits(sent)).toHaveLength(1));
  expect(submits(sent)[0]).toMatchObject({
    body: {
      content: { unchanged: true, monthYuan: 0, cumulativeYuan: wan(47_100), note: '本月无变化，沿用上月末进度' },
    },
  });
});

test.each([
  ['Ctrl+Enter in a text', () => fireEvent.keyDown(screen.getByLabelText('形象进度'), { key: 'Enter', ctrlKey: true })],
  ['Enter in the amount', () => fireEvent.submit(screen.getByLabelText('本月完成投资').closest('form')!)],
])('%s submits', async (_, press) => {
  const { sent } = await open();
  type('本月完成投资', '7200');
  press();
  await waitFor(() => expect(submits(sent)).toHaveLength(1));
});

test('what is typed is saved on the server by itself, from the draft it started with', async () => {
  const { sent } = await open({ draftVersion: 3 });
  type('本月完成投资', '7200');
  await waitFor(() => expect(sent).toHaveLength(1), { timeout: 4_000 });
  expect(sent[0]).toMatchObject({
    path: expect.stringMatching(/\/draft$/),
    body: { draftVersion: 3, content: { monthYuan: wan(7_200) } },
  });
  await screen.findByText('09-26 10:42 存');
});

test('without a line the submission waits on the device and goes out once, under its own key, when the line is back', async () => {
  line.mockReturnValue(false);
  const { sent } = await open();
  type('本月完成投资', '7200');
  fireEvent.click(await screen.findByText('提交，联网后发出'));
  await screen.findByText('离线 · 已存本机 · 联网后自动提交');
  const [waiting] = listWaiting(session.account.id);
  expect(waiting).toMatchObject({ filingId: hospital.id, content: { monthYuan: wan(7_200) } });
  expect(sent).toEqual([]);
  line.mockReturnValue(true);
  fireEvent(globalThis as unknown as Window, new Event('online'));
  await waitFor(() => expect(submits(sent)).toHaveLength(1));
  expect(submits(sent)[0]).toMatchObject({ key: waiting!.key });
  await waitFor(() => expect(listWaiting(session.account.id)).toEqual([]));
});

test('a refusal of what waited is kept with its reason for a person', async () => {
  line.mockReturnValue(false);
  await open(
    {},
    {
      '/submit': () => ({
        status: 409,
        problem: { code: 'wrong_state', words: { zh: '这份填报已提交', en: 'It was submitted' } },
      }),
    },
  );
  type('本月完成投资', '7200');
  fireEvent.click(await screen.findByText('提交，联网后发出'));
  await screen.findByText('离线 · 已存本机 · 联网后自动提交');
  line.mockReturnValue(true);
  fireEvent(globalThis as unknown as Window, new Event('online'));
  await screen.findByText('这份填报已提交');
  expect(listWaiting(session.account.id)).toMatchObject([{ refused: { zh: '这份填报已提交' } }]);
});

test('where a colleague changed the same sums, both are shown, and choosing saves on top of theirs', async () => {
  let clash = true;
  const mine = { ...hospital.draft, monthYuan: wan(7_200), cumulativeYuan: wan(54_300) };
  const theirs = { ...hospital.draft, monthYuan: wan(6_900), cumulativeYuan: wan(54_000) };
  const { sent } = await open(
    {},
    {
      '/draft': (s) => {
        if (!clash) return answers['/draft']!(s);
        clash = false;
        const details = { yours: mine, theirs, draftVersion: 5, by: '钱进', at: null };
        return {
          status: 409,
          problem: { code: 'draft_conflict', words: { zh: '钱进已经改过', en: 'changed' }, details },
        };
      },
    },
  );
  type('本月完成投资', '7200');
  const panel = await screen.findByRole('alert', { name: '他人也改了这份填报' }, { timeout: 4_000 });
  expect(within(panel).getByText('7,200 / 54,300')).toBeTruthy();
  expect(within(panel).getByText('还有 1 栏没有选')).toHaveProperty('disabled', true);
  fireEvent.click(within(panel).getByLabelText(/6,900 \/ 54,000/));
  fireEvent.click(within(panel).getByText('按选择继续'));
  expect(screen.getByLabelText('本月完成投资')).toHaveProperty('value', '6,900');
  await waitFor(() => expect(sent).toHaveLength(2), { timeout: 4_000 });
  expect(sent[1]).toMatchObject({ body: { draftVersion: 5, content: { monthYuan: wan(6_900) } } });
});

test('a returned filing says why, and marks the cells', async () => {
  await open({
    state: 'returned',
    draft: { ...hospital.draft, monthYuan: wan(7_200), cumulativeYuan: wan(54_300) },
    returned: { reason: '与监理计量单不符', cells: ['monthYuan'], by: '刘敏', at: '2021-09-26T01:00:00.000Z' },
  });
  expect(screen.getByText('与监理计量单不符')).toBeTruthy();
  expect(screen.getByText('本月完成投资').textContent).toContain('已标注');
  expect(screen.getByText('改好了，重新提交')).toBeTruthy();
});

test('the form is complete in English', async () => {
  chooseLanguage('en');
  await open();
  type('Done this month', '3100');
  expect(screen.getByText("4,100 (10,000 yuan) below the month's plan; choose the main cause")).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/本月完成|提交|主因/);
});

test('what only the colleague changed comes in by itself, and the form says so', async () => {
  let clash = true;
  const theirs = { ...hospital.draft, problems: '塔吊年检到期' };
  const { sent } = await open(
    {},
    {
      '/draft': (s) => {
        if (!clash) return answers['/draft']!(s);
        clash = false;
        const details = { yours: hospital.draft, theirs, draftVersion: 5, by: '钱进', at: null };
        return {
          status: 409,
          problem: { code: 'draft_conflict', words: { zh: '钱进已经改过', en: 'changed' }, details },
        };
      },
    },
  );
  type('本月完成投资', '7200');
  await screen.findByText('已并入钱进的修改：问题', {}, { timeout: 4_000 });
  await waitFor(() => expect(sent).toHaveLength(2), { timeout: 4_000 });
  expect(sent[1]).toMatchObject({
    body: { draftVersion: 5, content: { monthYuan: wan(7_200), problems: '塔吊年检到期' } },
  });
});

test('what was typed before the tab closed is there when it opens again, and is saved', async () => {
  line.mockReturnValue(false);
  await open();
  type('形象进度', '门诊楼二层完成');
  await waitFor(async () =>
    expect(await get('draft', `${session.account.id} ${hospital.id}`)).toMatchObject({
      content: { imageProgress: '门诊楼二层完成' },
      base: { imageProgress: '门诊楼地下室底板完成' },
    }),
  );
  cleanup();
  line.mockReturnValue(true);
  const { sent } = await open();
  expect(screen.getByLabelText('形象进度')).toHaveProperty('value', '门诊楼二层完成');
  await waitFor(() => expect(sent).toHaveLength(1), { timeout: 4_000 });
  await waitFor(async () => expect(await get('draft', `${session.account.id} ${hospital.id}`)).toBeUndefined());
});

test('a draft that an earlier version of the pages left in localStorage is taken over', async () => {
  line.mockReturnValue(false);
  const value = { content: { ...hospital.draft, note: '旧稿' }, held: [], draftVersion: 0 };
  const place = `guatu.draft.${session.account.id}.filings.${hospital.id}`;
  localStorage.setItem(place, JSON.stringify({ savedAt: '2021-09-25T01:00:00Z', value }));
  await open();
  expect(await get('draft', `${session.account.id} ${hospital.id}`)).toMatchObject({
    content: { note: '旧稿' },
    base: null,
  });
  expect(localStorage.getItem(place)).toBeNull();
});

test('two people in one filing see each other', async () => {
  await open(
    {},
    {
      '/presence': () => ({
        others: [{ name: '王芳', isWriting: true }],
        draftVersion: 0,
        draftBy: null,
        draftAt: null,
      }),
    },
  );
  await screen.findByText('王芳 正在填写这份填报');
});

test('a weekly report asks no money, and no change is one tap with its note', async () => {
  const { sent } = await open({ kind: 'weekly', period: '2021-W39', planMonthYuan: null });
  expect(screen.queryByLabelText('本月完成投资')).toBeNull();
  fireEvent.click(screen.getByText('本周无变化'));
  await waitFor(() => expect(submits(sent)).toHaveLength(1));
  expect(submits(sent)[0]).toMatchObject({
    body: { content: { unchanged: true, monthYuan: null, note: '本周无变化，沿用上周进度' } },
  });
});
