import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { ObjectionRow, ProposalRow, SheetRow } from '../shapes.ts';
import { DuePage } from './DuePage.tsx';
import { LoopStrip, type Matter } from './LoopStrip.tsx';
import { ObjectionsPage } from './ObjectionsPage.tsx';
import { SheetsPage } from './SheetsPage.tsx';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const matter = (n: number, urgency: 'normal' | 'urgent' = 'normal') => ({
  id: id(n),
  no: `任〔2021〕${n}号`,
  title: `完成第 ${n} 段征拆`,
  urgency,
  dueCurrent: '2021-09-10',
  leadUnit: { id: id(900), name: '市交通运输局' },
  demo: false,
});
const proposal = (n: number, rest: Partial<ProposalRow> = {}): ProposalRow => ({
  matter: matter(n),
  colour: 'blue',
  rule: 'overdue',
  ruleSet: 'sanming',
  since: '2021-09-11',
  why: { zh: '时限 2021-09-10 已过，未办结', en: 'The limit has passed' },
  limitOn: '2021-10-08',
  choices: ['blue'],
  approval: null,
  ...rest,
});
const sheet = (rest: Partial<SheetRow> = {}): SheetRow => ({
  id: id(50),
  no: '橙督〔2021〕3号',
  colour: 'orange',
  title: '橙色督查单',
  measure: '警告',
  matter: matter(1),
  why: '时限已过',
  demand: '请于2021年9月30日前完成整改',
  issuedOn: '2021-09-20',
  issuedByName: '督查员',
  approval: null,
  limitOn: '2021-09-24',
  state: 'late',
  answer: null,
  answeredOn: null,
  answeredByName: null,
  isAnsweredLate: false,
  revokedOn: null,
  demo: false,
  allowed: ['answer', 'object'],
  ...rest,
});
const none = { blue: 0, yellow: 0, orange: 0, red: 0 };
const sent: { path: string; body: Record<string, unknown> }[] = [];

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  sent.length = 0;
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const record = (answer: unknown) => (url: URL, init: RequestInit) => {
  sent.push({ path: url.pathname, body: JSON.parse(String(init.body)) as Record<string, unknown> });
  return answer;
};

test('chosen matters are issued together; a red one asks for the leader who agreed before it can be sent', async () => {
  const proposals = [proposal(1), proposal(2, { colour: 'red', choices: ['red'] })];
  const list = (url: URL, init: RequestInit) =>
    init.method === 'POST'
      ? record({ done: [], refused: [] })(url, init)
      : { counts: { ...none, blue: 1, red: 1 }, total: 2, units: [], proposals, allowed: ['sheet', 'approve'] };
  renderPage(<DuePage />, {
    at: '/supervision',
    permissions: ['supervision.read', 'supervision.sheet', 'supervision.approve'],
    send: answersFrom({
      '/api/supervision/proposals': list,
      '/api/supervision/sheets': record({
        done: [{ id: id(60), no: '蓝督〔2021〕1号', matterId: id(1) }],
        refused: [],
      }),
      '/api/supervision/leaders': [{ id: id(70), name: '示例指挥长', title: '指挥长' }],
    }),
  });
  fireEvent.click(await screen.findByLabelText('选择 完成第 1 段征拆'));
  fireEvent.click(screen.getByRole('button', { name: '签发 1 份' }));
  const drawer = await screen.findByRole('dialog');
  fireEvent.click(within(drawer).getByRole('button', { name: '签发 1 份' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.body).toEqual({ items: [{ matterId: id(1), colour: 'blue' }] });

  fireEvent.click(await screen.findByLabelText('选择 完成第 2 段征拆'));
  fireEvent.click(screen.getByRole('button', { name: '签发 1 份' }));
  const red = await screen.findByText(/红单 1 份尚未登记领导批准/);
  const again = red.closest<HTMLElement>('[role="dialog"]')!;
  expect(within(again).getByRole<HTMLButtonElement>('button', { name: '签发 1 份' }).disabled).toBe(true);
});

test('who may neither issue nor approve comes to the sheets that were issued', async () => {
  renderPage(<DuePage />, {
    at: '/supervision',
    path: '/supervision',
    permissions: ['supervision.read'],
    send: answersFrom({}),
  });
  await waitFor(() => expect(screen.queryByText('应发督查单')).toBeNull());
});

test('a sheet that was not answered in time says so, prints in both formats, and its unit may answer and object', async () => {
  renderPage(<SheetsPage />, {
    at: '/supervision/sheets',
    permissions: ['supervision.read', 'supervision.object'],
    send: answersFrom({
      '/api/supervision/sheets': {
        counts: { ...none, orange: 2 },
        states: { unanswered: 0, late: 1, answered: 0, revoked: 1 },
        total: 2,
        units: [],
        sheets: [
          sheet(),
          sheet({ id: id(51), no: '橙督〔2021〕2号', state: 'revoked', revokedOn: '2021-09-22', allowed: [] }),
        ],
      },
      [`/api/supervision/sheets/${id(50)}/answer`]: record(sheet({ state: 'answered', allowed: [] })),
    }),
  });
  const row = (await screen.findByText('橙督〔2021〕3号')).closest('tr')!;
  expect(within(row).getByText('逾期未答复')).toBeTruthy();
  expect(within(row).getByRole('link', { name: '橙督〔2021〕3号 docx' }).getAttribute('href')).toContain('format=docx');
  const revoked = screen.getByText('橙督〔2021〕2号').closest('tr')!;
  expect(within(revoked).getByText('已撤销')).toBeTruthy();
  expect(within(revoked).queryByRole('button')).toBeNull();
  fireEvent.click(within(row).getByRole('button', { name: /答\s?复/ }));
  fireEvent.change(await screen.findByLabelText('办理情况和结果'), { target: { value: '月底前完成签约' } });
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: /答\s?复/ }));
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ text: '月底前完成签约' }));
});

test('an objection shows its clock, and who has to stand aside reads why instead of a button', async () => {
  const objection: ObjectionRow = {
    id: id(80),
    matter: matter(1),
    unit: { id: id(900), name: '市交通运输局' },
    about: 'sheet',
    aboutId: id(50),
    title: '橙督〔2021〕3号',
    concludedOn: '2021-09-20',
    concludedByName: '督查员',
    reason: '批复文件晚到',
    filedOn: '2021-09-21',
    filedByName: '经办',
    decideBy: '2021-09-24',
    daysLeft: -2,
    state: 'filed',
    decision: null,
    decidedOn: null,
    decidedByName: null,
    demo: false,
    recusal: { zh: '参与作出该结论的人员应当回避', en: 'stands aside' },
    allowed: [],
  };
  renderPage(<ObjectionsPage />, {
    at: '/supervision/objections',
    permissions: ['supervision.read', 'supervision.decide'],
    send: answersFrom({ '/api/supervision/objections': { open: 1, late: 1, total: 1, objections: [objection] } }),
  });
  expect(await screen.findByText('超期 2 天')).toBeTruthy();
  expect(screen.getByText('参与作出该结论的人员应当回避')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^复\s?核$/ })).toBeNull();
});

test('the strip marks where the matter stands', () => {
  const event = (act: string, actorName: string) => ({ act, onDay: '2021-09-01', actorName, toState: '' });
  const events = [event('raise', '甲'), event('issue', '乙'), event('sign', '丙')];
  renderPage(<LoopStrip matter={{ events, state: 'signed' } as unknown as Matter} />);
  const steps = within(screen.getByLabelText('督办流程')).getAllByRole('listitem');
  expect(steps.map((step) => step.dataset.state)).toEqual([
    'done',
    'done',
    'done',
    'done',
    'now',
    'ahead',
    'ahead',
    'ahead',
  ]);
  expect(steps[4]!.getAttribute('aria-current')).toBe('step');
});
