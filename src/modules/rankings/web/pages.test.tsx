import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { ConsequenceView, Definitions, Month, RankedRow } from '../contract.ts';
import { shippedBoards, shippedRankings } from '../shipped.ts';
import { BoardsPage } from './BoardsPage.tsx';
import { DefinitionsPage } from './DefinitionsPage.tsx';
import { RankingsPage } from './RankingsPage.tsx';

const ids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const matterId = '00000000-0000-4000-8000-0000000000aa';
const row = (name: string, percent: number | null, change: Partial<RankedRow>): RankedRow => ({
  unitId: ids[0]!,
  name,
  figure: percent === null ? { missing: 'noMembers', name: null } : { n: String(percent), d: '100' },
  rank: 1,
  unranked: null,
  previousRank: null,
  members: 8,
  completeness: { n: '9', d: '10' },
  isSmall: false,
  ...change,
});
const rows = [
  row('甲县', 90, { unitId: ids[0]!, rank: 1, previousRank: 3 }),
  row('乙县', 60, { unitId: ids[1]!, rank: 2, previousRank: 1, members: 1, isSmall: true }),
  row('丙县', 95, { unitId: ids[2]!, rank: null, unranked: 'belowCompleteness', completeness: { n: '1', d: '2' } }),
];
const month = (change: Partial<Month> = {}): Month => ({
  result: {
    period: '2021-09',
    day: '2021-09-26',
    rankings: [
      {
        code: 'invest',
        version: 0,
        name: { zh: '投资完成率', en: 'Investment completion' },
        indicator: 'invest',
        decimals: 2,
        unit: 'percent',
        direction: 'up',
        groups: [
          { code: 'counties', name: { zh: '县（市、区）', en: 'Counties' }, rows },
          { code: 'parks', name: { zh: '园区', en: 'Zones' }, rows: [] },
        ],
        external: [
          {
            subject: '岳阳市',
            rank: 3,
            of: 14,
            scope: '全省市州',
            publisher: '省重点项目办（示例）',
            publishedOn: '2021-09-16',
            value: '76.4%',
            demo: true,
          },
        ],
      },
    ],
    boards: [
      {
        code: 'mianyangBlack',
        version: 1,
        name: { zh: '黑榜 · 县（市、区）和园区', en: 'Black board' },
        group: 'localities',
        colour: 'black',
        rows: [
          {
            unitId: ids[1]!,
            name: '乙县',
            rank: 2,
            figure: { n: '60', d: '100' },
            streak: 2,
            why: { zh: '2 个单位中第 2 名（倒数第 1）；投资完成率 60.00%，未达到时序进度 73.70%', en: 'why' },
            consequences: [{ code: 'government', text: { zh: '市政府常务会说明', en: '' }, raisesMatter: true }],
          },
        ],
        spared: [{ unitId: ids[0]!, name: '甲县', why: { zh: '已完成目标，不上榜', en: 'reached' } }],
      },
    ],
  },
  settled: null,
  isWhole: true,
  periods: ['2021-08'],
  aims: { invest: { figure: { n: '737', d: '1000' }, name: { zh: '时序进度', en: 'the clock' } } },
  sums: { counties: 'county', parks: 'county' },
  ownUnitIds: [],
  allowed: [],
  ...change,
});
const consequence: ConsequenceView = {
  board: 'mianyangBlack',
  pool: 'localities',
  unitId: ids[1]!,
  code: 'government',
  boardName: { zh: '黑榜', en: 'Black board' },
  unitName: '乙县',
  text: { zh: '市政府常务会说明', en: '' },
  why: { zh: '', en: '' },
  streak: 2,
  raisesMatter: true,
  state: 'proposed',
  reason: null,
  actorName: null,
  at: null,
  matter: null,
};
const definitions = (canDefine: boolean): Definitions => ({
  rankings: shippedRankings.map((definition) => ({ definition, version: 0, isShipped: true })),
  boards: shippedBoards.map((definition) => ({ definition, version: 0, isShipped: true })),
  indicators: [{ code: 'invest', name: { zh: '投资完成率', en: '' }, unit: 'percent' }],
  units: [],
  canDefine,
});

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
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

const answers = (change: Partial<Month> = {}, more: Record<string, unknown> = {}) =>
  answersFrom({
    '/api/rankings/months/2021-09': month(change),
    '/api/rankings/months/2021-09/consequences': [consequence],
    '/api/rankings/externals': [],
    '/api/rankings/exemptions': [],
    '/api/rankings/definitions': definitions(true),
    ...more,
  });

test('places, changes and figures stand in order; who is unranked stands apart with the reason, and the line is named', async () => {
  renderPage(<RankingsPage />, { at: '/rankings', send: answers() });
  const first = (await screen.findByText('甲县')).closest('tr')!;
  expect(within(first).getByText('90.00%')).toBeTruthy();
  expect(within(first).getByRole('img', { name: '上升 2 位' }).textContent).toBe('↑2');
  const second = screen.getByText('乙县').closest('tr')!;
  expect(within(second).getByRole('img', { name: '下降 1 位' }).textContent).toBe('↓1');
  expect(within(second).getByText('项目少，供参考')).toBeTruthy();
  const third = screen.getByText('丙县').closest('tr')!;
  expect(within(third).getByText('填报率未达到要求，不排名')).toBeTruthy();
  expect(third.querySelector('.place')!.textContent).toBe('—');
  expect(screen.getByText('竖线：时序进度 73.70%')).toBeTruthy();
  expect(screen.getByText(/全省市州第 3（共 14）/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: '公布本月排名' })).toBeNull();
});

test('a row opens the projects behind it, and the figure its formula', async () => {
  renderPage(<RankingsPage />, { at: '/rankings', send: answers() });
  const link = await screen.findByRole('link', { name: '查看甲县的项目' });
  const to = new URL(link.getAttribute('href')!, 'http://x');
  expect(JSON.parse(to.searchParams.get('f')!)).toEqual({ county: { values: [ids[0]!] } });
  expect(screen.getByRole('link', { name: '公式和依据' }).getAttribute('href')).toBe(
    '/dispatch/indicators?open=invest&day=2021-09-26',
  );
});

test('a county is told that the month is not published, and its own row has no place', async () => {
  const own = row('乙县', 60, { unitId: ids[1]!, rank: null });
  const whole = month();
  const [ranking] = whole.result.rankings;
  const result = {
    ...whole.result,
    boards: [],
    rankings: [{ ...ranking!, groups: [{ ...ranking!.groups[0]!, rows: [own] }] }],
  };
  renderPage(<RankingsPage />, { at: '/rankings', send: answers({ result, isWhole: false, ownUnitIds: [ids[1]!] }) });
  expect(await screen.findByText(/本月排名尚未公布/)).toBeTruthy();
  const shown = screen.getByText('乙县').closest('tr')!;
  expect(within(shown).getByText('本单位')).toBeTruthy();
  expect(within(shown).getByText('未公布')).toBeTruthy();
});

test('publishing a month asks for a reason', async () => {
  const sent = vi.fn((_url: URL, _init: RequestInit) => ({ version: 1 }));
  const send = answers({ allowed: ['settle'] }, { '/api/rankings/months/2021-09/settle': sent });
  renderPage(<RankingsPage />, { at: '/rankings', send });
  fireEvent.click(await screen.findByRole('button', { name: '公布本月排名' }));
  const drawer = await screen.findByRole('dialog');
  const save = within(drawer).getByRole('button', { name: '公布本月排名' });
  expect(save.hasAttribute('disabled')).toBe(true);
  fireEvent.change(within(drawer).getByLabelText('理由'), { target: { value: '月度通报' } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toHaveBeenCalledOnce());
  expect(JSON.parse(String(sent.mock.calls[0]![1].body))).toEqual({ reason: '月度通报' });
});

test('a board says why each stands there and whom it spared, and a consequence is confirmed into the ledger', async () => {
  const raised = vi.fn((_url: URL, _init: RequestInit) => ({ raised: 1 }));
  const send = answers({ allowed: ['settle'] }, { '/api/rankings/months/2021-09/raise': raised });
  renderPage(<BoardsPage />, { at: '/rankings/boards', send });
  expect(await screen.findByText(/未达到时序进度 73.70%/)).toBeTruthy();
  expect(screen.getByText('按名次应上榜而未上榜 1 个')).toBeTruthy();
  expect(screen.getByText('已完成目标，不上榜')).toBeTruthy();
  fireEvent.click(await screen.findByRole('button', { name: '转入台账 乙县 市政府常务会说明' }));
  const question = await screen.findByRole('dialog');
  fireEvent.click(within(question).getByRole('button', { name: '转入台账' }));
  await waitFor(() => expect(raised).toHaveBeenCalledOnce());
  const { items } = JSON.parse(String(raised.mock.calls[0]![1].body)) as { items: unknown[] };
  expect(items).toEqual([{ board: 'mianyangBlack', pool: 'localities', unitId: ids[1]!, code: 'government' }]);
});

test('what is in the ledger links there and offers nothing more', async () => {
  const done = {
    ...consequence,
    state: 'raised',
    matter: { id: matterId, no: '任〔2021〕7号', state: 'issued', dueOn: '2021-10-10' },
  };
  const send = answers({ allowed: ['settle'] }, { '/api/rankings/months/2021-09/consequences': [done] });
  renderPage(<BoardsPage />, { at: '/rankings/boards', send });
  const link = await screen.findByRole('link', { name: '任〔2021〕7号' });
  expect(link.getAttribute('href')).toBe(`/matters/${matterId}`);
  expect(screen.queryByRole('button', { name: /转入台账/ })).toBeNull();
});

test('a board is changed in a form and saved as a version with a reason; who may not define only reads', async () => {
  const saved = vi.fn((_url: URL, _init: RequestInit) => ({ version: 1 }));
  const send = answers(
    {},
    {
      '/api/rankings/definitions/boards': saved,
      '/api/rankings/definitions/board/hengyangYellow': [
        { version: 0, definition: null, reason: '平台自带', actorName: '', at: null },
      ],
    },
  );
  const { unmount } = renderPage(<DefinitionsPage />, { at: '/rankings/definitions', send });
  fireEvent.click(await screen.findByRole('button', { name: '打开 黄榜' }));
  const drawer = await screen.findByRole('dialog');
  fireEvent.click(within(drawer).getByLabelText('启用这个榜单'));
  fireEvent.change(within(drawer).getByLabelText('修改理由'), { target: { value: '试行黄榜' } });
  fireEvent.click(within(drawer).getByRole('button', { name: '保存' }));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  expect(JSON.parse(String(saved.mock.calls[0]![1].body))).toMatchObject({
    version: 0,
    reason: '试行黄榜',
    definition: { code: 'hengyangYellow', isInForce: true, wayOut: { reached: true, rises: 3 } },
  });
  unmount();
  const reader = answers({}, { '/api/rankings/definitions': definitions(false) });
  renderPage(<DefinitionsPage />, { at: '/rankings/definitions', send: reader });
  fireEvent.click(await screen.findByRole('button', { name: '打开 黄榜' }));
  const sheet = await screen.findByRole('dialog');
  expect(within(sheet).queryByRole('button', { name: '保存' })).toBeNull();
});

test('what a definition is made of is counted by its place until it has a name, and the last of a kind stays', async () => {
  renderPage(<DefinitionsPage />, { at: '/rankings/definitions', send: answers() });
  fireEvent.click(await screen.findByRole('button', { name: '新建排名' }));
  const drawer = await screen.findByRole('dialog');
  expect(within(drawer).getByRole('group', { name: '分组 1' })).toBeTruthy();
  expect(within(drawer).queryByRole('button', { name: '去掉分组 1' })).toBeNull();
  fireEvent.click(within(drawer).getByRole('button', { name: '增加分组' }));
  const second = within(drawer).getByRole('group', { name: '分组 2' });
  fireEvent.change(within(second).getByLabelText('分组名称'), { target: { value: '园区' } });
  expect(within(drawer).getByRole('group', { name: '分组 园区' })).toBeTruthy();
  fireEvent.click(within(drawer).getByRole('button', { name: '去掉分组 1' }));
  expect(within(drawer).queryByRole('group', { name: '分组 1' })).toBeNull();
  expect(drawer.textContent).not.toMatch(/group\d/);
});
