import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { RuleSetVersion } from '../contract.ts';
import { markOf } from '../level.ts';
import { ruleSet } from '../light-rule.ts';
import { conditionsOf } from '../light-words.ts';
import { gapsOf } from '../rule-gaps.ts';
import { shippedRuleSets } from '../rule-sets.ts';
import { listLink } from './list-link.ts';
import { RulesPage } from './RulesPage.tsx';
import { withRule } from './take-rule.ts';

const ruleSetOf = (code: string) => shippedRuleSets.find((s) => s.code === code)!;
const shown = (allowed: RuleSetVersion['allowed'], yinchuan = ruleSetOf('yinchuan-2025')): RuleSetVersion => ({
  code: yinchuan.code,
  version: 0,
  set: yinchuan,
  levels: yinchuan.levels.map(markOf),
  rows: yinchuan.rules.map((rule) => ({ ...rule, conditions: conditionsOf(yinchuan, rule) })),
  gaps: gapsOf(yinchuan),
  versions: [],
  allowed,
});
const heads = shippedRuleSets.map((set) => ({
  code: set.code,
  name: set.name,
  source: set.source,
  sourceDate: set.sourceDate,
  version: 0,
  gaps: gapsOf(set).length,
  activeVersion: set.code === 'city' ? 0 : null,
}));
const show = (allowed: RuleSetVersion['allowed'], code = 'yinchuan-2025') =>
  renderPage(<RulesPage />, {
    at: `/dispatch/rules?set=${code}`,
    send: answersFrom({
      '/api/dispatch/rule-sets': { sets: heads, active: null, choices: [] },
      [`/api/dispatch/rule-sets/${code}`]: shown(allowed, ruleSetOf(code)),
      '/api/projects': {},
    }),
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

test('a set reads like the published table, and what it leaves open is said', async () => {
  show([]);
  expect(await screen.findByText('低于时序 10–30 个百分点（含）')).toBeTruthy();
  expect(screen.getByText('连续 3 个月应开未开')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('低于时序 0–10 个百分点（不含两端）');
  expect(screen.queryByRole('button', { name: '修改' })).toBeNull();
});

test('while it is changed the report follows: a band added from −10 to 0 closes the gap', async () => {
  show(['save', 'activate']);
  fireEvent.click(await screen.findByRole('button', { name: '修改' }));
  expect(screen.getByRole('status').textContent).toContain('不含两端');
  fireEvent.click(screen.getAllByRole('button', { name: '添加一段' })[0]!);
  const [from] = screen.getAllByLabelText('从').slice(3);
  const [to] = screen.getAllByLabelText('到').slice(3);
  fireEvent.change(from!, { target: { value: '-10' } });
  fireEvent.change(to!, { target: { value: '0' } });
  // The new band includes −10, which the warning already has: said twice, no longer left open.
  expect(screen.getByRole('status').textContent).toContain('规定了两次');
  fireEvent.click(screen.getAllByLabelText('含')[6]!);
  expect(screen.getByText('没有空档，也没有重叠')).toBeTruthy();
});

test('a set has as many columns as colours, each with its shape and word, and what is never reached is said', async () => {
  const { container } = show([], 'shenzhen-days');
  expect(await screen.findByText('超期 8–14 天')).toBeTruthy();
  const orange = container.querySelector('th .light[data-colour="orange"]')!;
  expect([orange.textContent, orange.getAttribute('data-shape')]).toEqual(['橙灯', 'hexagon']);
  expect(screen.getByText('没有空档，也没有重叠')).toBeTruthy();
  cleanup();
  show([], 'shaoxing-nodes');
  expect((await screen.findByRole('status')).textContent).toContain('“超期 1 天及以上”没有规定');
  expect(screen.getByRole('status').textContent).toContain('“预警”没有任何规则会亮出');
  expect(screen.getByText(/日期待核/)).toBeTruthy();
});

test('a published rule joins a set with the colours it needs, under a code of its own', () => {
  const city = ruleSetOf('city');
  const joined = withRule(withRule(city, 'shenzhen-days/days-late'), 'shenzhen-days/days-late');
  expect(joined.levels.map((l) => l.code)).toEqual(['normal', 'warn', 'late', 'orange']);
  expect(joined.rules.slice(-2).map((rule) => [rule.code, rule.note?.zh.slice(0, 8)])).toEqual([
    ['days-late', '取自深圳某公司（'],
    ['days-late-2', '取自深圳某公司（'],
  ]);
  expect(ruleSet.safeParse(joined).success).toBe(true);
  expect(withRule(city, 'nothing/here')).toBe(city);
});

test('a colour is added, named and drawn at once, and reported while no rule gives it', async () => {
  const { container } = show(['save']);
  fireEvent.click(await screen.findByRole('button', { name: '修改' }));
  fireEvent.click(screen.getByRole('button', { name: '添加一级' }));
  fireEvent.change(screen.getAllByLabelText('名称').at(-1)!, { target: { value: '橙灯' } });
  expect(container.querySelector('.sample-light .light[data-colour="orange"]')?.textContent).toBe('橙灯');
  expect(screen.getByRole('status').textContent).toContain('“橙灯”没有任何规则会亮出');
});

test('a count opens the project list with its conditions, a missing unit as the blank option', () => {
  expect(listLink(2021, 2021, {})).toBe('/projects');
  const link = new URL(listLink(2020, 2021, { grouping: 'county', key: null, light: 'late' }), 'http://x');
  expect(link.searchParams.get('year')).toBe('2020');
  expect(JSON.parse(link.searchParams.get('f')!)).toEqual({ county: { values: [''] }, light: { values: ['late'] } });
});
