import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Project } from '#modules/projects/contract.ts';
import { endDocuments, gateStages, gates, haltDocuments, resumeDocuments } from '../gates.ts';
import { shippedRules } from '../reserve.ts';
import type { GateView, LifeView, PauseView, ReserveRow } from '../shapes.ts';
import { ConversionPage } from './ConversionPage.tsx';
import { documentsOf } from './DocumentFields.tsx';
import { LifeSection } from './LifeSection.tsx';
import { PausesPage } from './PausesPage.tsx';
import { ReservePage } from './ReservePage.tsx';
import { RulesPage } from './RulesPage.tsx';

const id = '0190a000-0000-7000-8000-000000000001';
const project = { id, name: '胥家桥物流园' } as Project;

class Silence {
  onopen = null;
  onerror = null;
  readyState = 1;
  addEventListener() {}
  close() {}
}
beforeEach(() => {
  vi.stubGlobal('EventSource', Silence);
  localStorage.clear();
  chooseLanguage('zh');
});
afterEach(cleanup);

const passed: Partial<Record<string, string>> = { reserve: '2020-01-01', signed: '2020-03-01', started: '2021-02-01' };
const gateViews = (): GateView[] =>
  gateStages.map((stage) => ({
    stage,
    state: passed[stage]
      ? 'passed'
      : stage === 'preparation'
        ? 'missing'
        : stage === 'building' || stage === 'enrolled'
          ? 'next'
          : 'todo',
    canPass: ['preparation', 'building', 'enrolled'].includes(stage),
    on: passed[stage] ?? null,
    precision: 'day',
    days: stage === 'signed' ? 60 : stage === 'started' ? 337 : null,
    promised: stage === 'completed' ? '2021-09-01' : null,
    lateDays: stage === 'completed' ? 25 : null,
    source: passed[stage] ? 'gate' : null,
    actorName: passed[stage] ? '刘敏' : null,
    at: null,
    documents: stage === 'signed' ? [{ kind: 'agreement', fileId: null, name: null, number: '协议〔2020〕3号' }] : [],
    owed: stage === 'started' ? ['startProof'] : [],
    asks: [...gates[stage].documents],
    papersAt: gates[stage].papersAt ?? null,
    dayMeans: gates[stage].dayMeans,
    from: stage === 'building' ? '2021-02-01' : null,
    to: '2021-09-26',
    warnings: [],
  }));
const life: LifeView = {
  projectId: id,
  stage: 'started',
  path: 'investment',
  isPathChosen: false,
  gates: gateViews(),
  pause: null,
  pauses: [],
  ended: null,
  events: [],
  haltAsks: [...haltDocuments],
  resumeAsks: [...resumeDocuments],
  endAsks: [...endDocuments],
  allowed: ['move', 'amend', 'path', 'pause', 'revoke', 'end'],
};
const pause: PauseView = {
  id,
  kind: 'suspended',
  reasonCode: 'funds',
  reason: '银行贷款第二笔未放款',
  steps: '补充担保',
  fromOn: '2021-03-10',
  resumePlanned: '2021-06-30',
  resumeDue: '2021-10-31',
  resumedOn: null,
  endedOn: null,
  days: 200,
  duty: { state: 'overdue', dueOn: '2021-06-30', missed: 1 },
  updates: [],
};

describe('the life of a project on its page', () => {
  const draw = (answer: LifeView, more: Parameters<typeof answersFrom>[0] = {}) =>
    renderPage(<LifeSection project={project} />, {
      send: answersFrom({ [`/api/lifecycle/projects/${id}`]: answer, ...more }),
    });

  test('shows the days between gates, what is missing, and how late what was promised is', async () => {
    draw(life);
    const path = await screen.findByRole('region', { name: '关口' });
    const items = within(path).getAllByRole('listitem');
    expect(items.map((li) => li.textContent)).toEqual([
      '储备2020-01-01',
      '+60 天签约2020-03-01资料 1 份',
      '前期未办理',
      '+337 天开工2021-02-01',
      '入统',
      '在建',
      '竣工计划 2021-09-01逾期 25 天',
      '投产',
      '达效',
    ]);
    expect(items[3]!.getAttribute('aria-current')).toBe('step');
  });

  test('the next gate is not passed without a day; with it day, number and gate are sent', async () => {
    const sent: unknown[] = [];
    draw(life, {
      [`/api/lifecycle/projects/${id}/move`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return life;
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: '补办前期' }));
    fireEvent.change(await screen.findByLabelText(/立项文件/), { target: { value: '岳发改〔2021〕8号' } });
    fireEvent.click(screen.getByRole('button', { name: '办理' }));
    await screen.findByText('请填写日期');
    expect(sent).toEqual([]);
    const day = screen.getByLabelText('日期');
    fireEvent.mouseDown(day);
    fireEvent.change(day, { target: { value: '2020-06-01' } });
    fireEvent.keyDown(day, { key: 'Enter', code: 'Enter', keyCode: 13 });
    fireEvent.click(screen.getByRole('button', { name: '办理' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      to: 'preparation',
      on: '2020-06-01',
      documents: [{ kind: 'approval', number: '岳发改〔2021〕8号' }],
    });
  });

  test('a refusal of the server stands in the form in its own words', async () => {
    const words = { zh: '不能直接办理在建，缺少关口：前期', en: 'missing' };
    draw(life, {
      [`/api/lifecycle/projects/${id}/amend`]: () =>
        Response.json({ code: 'gate_missing', words, requestId: 'x' }, { status: 422 }),
    });
    fireEvent.click(await screen.findByRole('button', { name: '查看开工关口' }));
    await screen.findByText(/待补：施工许可证/);
    fireEvent.click(screen.getByRole('button', { name: '补登日期、补交资料' }));
    fireEvent.change(screen.getByLabelText('说明'), { target: { value: '补交' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    expect((await screen.findByText(words.zh)).closest('[role=alert]')).not.toBeNull();
  });

  test('a paused project says why, what it owes, and how far the estimate has moved', async () => {
    draw({ ...life, stage: 'suspended', pause, pauses: [pause], allowed: ['update', 'resume', 'amend'] });
    await screen.findByText('季度更新逾期 1 季，应于 2021-06-30 前填报');
    screen.getByText(/原预计 2021-06-30/);
    screen.getByText(/后移 123 天/);
    expect(screen.queryByRole('button', { name: /办理在建/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '填报季度更新' }));
    expect(await screen.findByLabelText('复工措施')).toHaveProperty('value', '补充担保');
  });

  test('whoever may do nothing is offered nothing', async () => {
    draw({ ...life, allowed: [] });
    await screen.findByRole('region', { name: '关口' });
    expect(screen.queryByRole('button', { name: /办理/ })).toBeNull();
  });
});

test('a number and a file of one kind are one document', () => {
  const file = { kind: 'approval', fileId: 'a'.repeat(64), name: '批复.pdf' };
  expect(documentsOf({ numbers: { approval: ' 8号 ', licence: ' ' }, files: [file] })).toEqual([
    { kind: 'approval', number: '8号', fileId: file.fileId },
  ]);
  expect(documentsOf({ numbers: {}, files: [file] })).toEqual([{ kind: 'approval', fileId: file.fileId }]);
});

const member = (name: string, more: Partial<ReserveRow> = {}): ReserveRow => ({
  projectId: `${id.slice(0, -1)}${name.length}`,
  serial: 7,
  name,
  board: '产业',
  countyName: '平江县',
  leadName: null,
  totalYuan: 350_000_000,
  demo: true,
  kind: 'manufacturing',
  enteredOn: '2020-03-01',
  poolYear: 2020,
  maturity: 40,
  done: [{ item: 'approval', doneOn: '2020-05-01', document: null }],
  state: 'lapsed',
  leftOn: null,
  stage: 'preparation',
  startPlanned: null,
  allowed: ['item', 'carry'],
  ...more,
});

describe('the reserve pool', () => {
  const answers = (rows: ReserveRow[], more: Parameters<typeof answersFrom>[0] = {}) =>
    answersFrom({
      '/api/lifecycle/reserve': {
        year: 2021,
        rows,
        counts: { in: 4, lapsed: 2, left: 1, candidates: 9 },
        target: { startedLastYear: 17, target: 51, members: 20, yuan: 8_000_000_000 },
        allowed: ['enter', 'carry'],
      },
      '/api/lifecycle/reserve-rules': {
        version: 0,
        rules: shippedRules,
        reason: null,
        actorName: null,
        at: null,
        allowed: [],
      },
      ...more,
    });

  test('says the target and how it comes about; members of last year are carried over only when chosen and with a ground', async () => {
    const sent: unknown[] = [];
    renderPage(<ReservePage />, {
      at: '/reserve?show=lapsed',
      send: answers([member('甲项目'), member('乙二项目')], {
        '/api/lifecycle/reserve/carry': (_: URL, init: RequestInit) => {
          sent.push(JSON.parse(String(init.body)));
          return { carried: 1 };
        },
      }),
    });
    await screen.findByText(/3 × 上年开工省重点 17 个/);
    expect(screen.getByRole('button', { name: '结转 0 个' })).toHaveProperty('disabled', true);
    fireEvent.click(await screen.findByRole('checkbox', { name: /甲项目/ }));
    fireEvent.click(screen.getByRole('button', { name: '结转 1 个' }));
    const buttons = await screen.findAllByRole('button', { name: '结转 1 个' });
    fireEvent.click(buttons.at(-1)!);
    await screen.findByText('请写明原因');
    fireEvent.change(screen.getByLabelText(/结转依据/), { target: { value: '2021 年继续谋划' } });
    fireEvent.click(buttons.at(-1)!);
    await waitFor(() => expect(sent).toMatchObject([{ ids: [member('甲项目').projectId], reason: '2021 年继续谋划' }]));
  });

  test('a member opens with its checklist; maturity is shown, not entered', async () => {
    renderPage(<ReservePage />, { at: '/reserve', send: answers([member('甲项目')]) });
    fireEvent.click(await screen.findByText('甲项目'));
    await screen.findByText('由清单计算，不能填写');
    expect(screen.getByText(/● 立项/)).toBeTruthy();
    expect(screen.getByText(/○ 用地/)).toBeTruthy();
  });
});

test('the pauses page names who is overdue', async () => {
  const row = { ...member('停工项目'), pause, moves: 1, canUpdate: true };
  renderPage(<PausesPage />, {
    send: answersFrom({ '/api/lifecycle/pauses': { rows: [row], counts: { open: 1, overdue: 1, over: 0 } } }),
  });
  await screen.findByText('逾期 1 季');
  expect(screen.getByText('资金')).toBeTruthy();
});

test('every figure of a cohort opens its names', async () => {
  const asked: string[] = [];
  const both = (projects: number, items = projects) => ({ projects, items });
  const step = (projects: number) => ({ ...both(projects), yuan: 100_000_000 });
  renderPage(<ConversionPage />, {
    send: answersFrom({
      '/api/lifecycle/cohorts': {
        conversion: [{ year: 2020, entered: both(8, 11), started: both(2), withdrawn: both(0), open: both(6) }],
        funnel: [
          {
            year: 2020,
            steps: {
              signed: step(10),
              performed: step(8),
              started: step(6),
              producing: step(3),
              fullCapacity: step(1),
            },
          },
        ],
        undated: 3,
        startLimitMonths: 6,
        overdueStarts: [],
      },
      '/api/lifecycle/cohort-members': (url: URL) => {
        asked.push(url.search);
        return [];
      },
    }),
  });
  await screen.findByText('25.0%');
  screen.getByText('拆分 11 项');
  screen.getByText(/另有 3 个项目签约日期未登记/);
  fireEvent.click(screen.getAllByRole('button', { name: '未到名单' })[1]!);
  await screen.findByText('没有项目');
  expect(asked[0]).toContain('step=started');
  expect(asked[0]).toContain('who=missing');
});

test('rules show their floors and source; a changed floor is sent as whole yuan', async () => {
  const sent: { rules: { kinds: { code: string; floorYuan: number }[] }; basedOn: number }[] = [];
  const view = { version: 0, rules: shippedRules, reason: null, actorName: null, at: null };
  renderPage(<RulesPage />, {
    send: answersFrom({
      '/api/lifecycle/reserve-rules': (_: URL, init: RequestInit) => {
        if (init.method !== 'POST') return { ...view, allowed: ['configure'] };
        sent.push(JSON.parse(String(init.body)));
        return { ...view, version: 1 };
      },
    }),
  });
  await screen.findByText('10.00 亿元');
  fireEvent.click(screen.getByRole('button', { name: '修改规则' }));
  fireEvent.change(await screen.findByLabelText('制造业'), { target: { value: '3.5' } });
  fireEvent.change(screen.getByLabelText('修改原因'), { target: { value: '提高门槛' } });
  fireEvent.click(screen.getByRole('button', { name: '保存为新版本' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.basedOn).toBe(0);
  expect(sent[0]!.rules.kinds.find((kind) => kind.code === 'manufacturing')!.floorYuan).toBe(350_000_000);
});
