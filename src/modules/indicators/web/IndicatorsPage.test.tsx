import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { IndicatorView } from '../contract.ts';
import { shippedDefinitions } from '../shipped.ts';
import { IndicatorFormPage } from './IndicatorForm.tsx';
import { IndicatorsPage } from './IndicatorsPage.tsx';

const definition = (code: string) => shippedDefinitions.find((d) => d.code === code)!;
const view = (code: string, change: Partial<IndicatorView> = {}): IndicatorView => ({
  definition: definition(code),
  version: 0,
  isShipped: true,
  users: [],
  whole: { n: '9', d: '11' },
  ...change,
});
const measure = (code: string, zh: string, en: string, dimension: 'yuan' | 'condition') => ({
  code,
  words: { zh, en },
  note: null,
  dimension,
});
const list = (canDefine: boolean, changed: Partial<IndicatorView> = {}) => ({
  day: '2021-09-26',
  pace: { n: '269', d: '365' },
  members: 612,
  canDefine,
  indicators: [
    view('startOfYear', changed),
    view('finish', { whole: { missing: 'zeroDenominator', name: null } }),
    view('invest', { users: ['finish'] }),
  ],
  measures: [
    measure('planYuan', '年度计划', 'Plan of the year', 'yuan'),
    measure('doneYuan', '本年完成', 'Done this year', 'yuan'),
    measure('started', '已开工', 'Started', 'condition'),
    measure('plannedStart', '计划新开工', 'Planned start', 'condition'),
    measure('plannedFinish', '计划竣工', 'Planned completion', 'condition'),
    measure('finished', '本年竣工', 'Completed this year', 'condition'),
  ],
});
const groups = {
  whole: { n: '9', d: '11' },
  groups: [
    { key: 'a', name: '临湖县', members: 10, figure: { n: '9', d: '10' } },
    { key: 'b', name: '沿江区', members: 1, figure: { n: '0', d: '1' } },
  ],
};
const history = [{ version: 0, definition: definition('startOfYear'), reason: '平台自带', actorName: '', at: null }];

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

const showTable = (canDefine = false) =>
  renderPage(<IndicatorsPage />, {
    at: '/dispatch/indicators',
    send: answersFrom({
      '/api/indicators': list(canDefine),
      '/api/indicators/startOfYear/groups': groups,
      '/api/indicators/startOfYear/history': history,
    }),
  });

test('the table says every figure with its unit, and why there is none', async () => {
  showTable();
  expect(await screen.findByText('—（分母为零）')).toBeTruthy();
  expect(screen.getAllByText('81.82%')).toHaveLength(2);
  expect(screen.getByText('个数(已开工) ÷ 个数(计划新开工)')).toBeTruthy();
  expect(within(screen.getByText('投资完成率').closest('tr')!).getByText('竣工率')).toBeTruthy();
  expect(screen.queryByRole('button', { name: '新建指标' })).toBeNull();
});

test('a name opens the groups, whose total is worked out anew, and the versions; only who defines sees editing', async () => {
  showTable();
  fireEvent.click(await screen.findByRole('button', { name: '打开 开工率占全年' }));
  const drawer = await screen.findByRole('dialog');
  const row = (await within(drawer).findByText('临湖县')).closest('tr')!;
  expect(within(row).getByText('90.00%')).toBeTruthy();
  expect(within(within(drawer).getByText('全部').closest('tr')!).getByText('81.82%')).toBeTruthy();
  expect(await within(drawer).findByText('自带')).toBeTruthy();
  expect(within(drawer).queryByRole('button', { name: '修改' })).toBeNull();
});

function showForm(answers: Record<string, unknown> = {}, at = '/dispatch/indicators/startOfYear/edit') {
  return renderPage(<IndicatorFormPage />, {
    at,
    path: at.endsWith('edit') ? '/dispatch/indicators/:code/edit' : '/dispatch/indicators/new',
    send: answersFrom({ '/api/indicators': list(true), ...answers }),
  });
}
const formula = () => screen.findByLabelText('公式') as Promise<HTMLTextAreaElement>;
const type = (box: HTMLElement, value: string) => fireEvent.change(box, { target: { value } });

test('a formula with a fault is told while it is typed, and the place can be selected by keyboard', async () => {
  showForm();
  const box = await formula();
  type(box, '合计(本年完成) + 个数(已开工)');
  const said = screen.getByRole('alert');
  expect(said.textContent).toContain('金额和个数不能放在一起比较或相加');
  expect(said.querySelector('mark')!.textContent).toBe('个数(已开工)');
  const select = within(said).getByRole('button', { name: '选中出错处' });
  select.focus();
  fireEvent.click(select);
  expect(document.activeElement).toBe(box);
  expect([box.selectionStart, box.selectionEnd]).toEqual([11, 18]);
  expect(screen.getByRole('button', { name: '试算' }).hasAttribute('disabled')).toBe(true);
  type(box, '合计(本年完成) ÷ 合计(年度计划)');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('status').textContent).toContain('无量纲数');
});

test('a click puts a field where the cursor stands', async () => {
  showForm();
  const box = await formula();
  type(box, '个数() ÷ 个数(计划新开工)');
  box.setSelectionRange(3, 3);
  fireEvent.click(screen.getByRole('button', { name: '已开工' }));
  expect(box.value).toBe('个数(已开工) ÷ 个数(计划新开工)');
});

test('a name that is taken is told at the name, and a trial needs no names', async () => {
  const tried = vi.fn((_url: URL, init: RequestInit) => {
    expect(JSON.parse(String(init.body)).definition).toMatchObject({ code: 'trial', formula: '投资完成率 ÷ 2' });
    return { fault: null, ...groups };
  });
  showForm({ '/api/indicators/test': tried }, '/dispatch/indicators/new');
  type(await formula(), '投资完成率 ÷ 2');
  fireEvent.click(screen.getByRole('button', { name: '试算' }));
  expect(await screen.findByText('临湖县')).toBeTruthy();
  expect(tried).toHaveBeenCalledOnce();
  type(screen.getByLabelText('中文名'), '投资完成率');
  expect(screen.getByRole('alert').textContent).toBe('“投资完成率”已被使用');
});

test('saving needs a reason; when somebody was faster, what was typed stays and may go on top of the new version', async () => {
  let isMoved = false;
  const sent: number[] = [];
  showForm({
    '/api/indicators': (_url: URL, init: RequestInit) => {
      if (init.method !== 'POST') return list(true, isMoved ? { version: 1, isShipped: false } : {});
      sent.push(JSON.parse(String(init.body)).version);
      if (isMoved) return { version: 2 };
      isMoved = true;
      return Response.json(
        { code: 'moved', words: { zh: '刚被别人改过', en: 'moved' }, requestId: 'test' },
        { status: 409 },
      );
    },
  });
  const box = await formula();
  type(box, '个数(已开工)÷个数(计划新开工)×1');
  const save = screen.getByRole('button', { name: '保存' });
  expect(save.hasAttribute('disabled')).toBe(true);
  type(screen.getByLabelText('修改理由'), '按新办法');
  fireEvent.click(save);
  const rebase = await screen.findByRole('button', { name: '以新版为底保存' });
  expect(box.value).toBe('个数(已开工)÷个数(计划新开工)×1');
  fireEvent.click(rebase);
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(sent).toEqual([0, 1]));
});
