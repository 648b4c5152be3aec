import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { RuleSetVersion } from '../contract.ts';
import { gapsOf } from '../light-rule.ts';
import { conditionsOf } from '../light-words.ts';
import { shippedRuleSets } from '../rule-sets.ts';
import { listLink } from './list-link.ts';
import { RulesPage } from './RulesPage.tsx';

const yinchuan = shippedRuleSets.find((s) => s.code === 'yinchuan-2025')!;
const shown = (allowed: RuleSetVersion['allowed']): RuleSetVersion => ({
  code: yinchuan.code,
  version: 0,
  set: yinchuan,
  rows: yinchuan.rules.map((rule) => ({ ...rule, conditions: conditionsOf(rule) })),
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
const show = (allowed: RuleSetVersion['allowed']) =>
  renderPage(<RulesPage />, {
    at: '/dispatch/rules?set=yinchuan-2025',
    send: answersFrom({
      '/api/dispatch/rule-sets': { sets: heads, active: null, choices: [] },
      '/api/dispatch/rule-sets/yinchuan-2025': shown(allowed),
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

test('a count opens the project list with its conditions, a missing unit as the blank option', () => {
  expect(listLink(2021, 2021, {})).toBe('/projects');
  const link = new URL(listLink(2020, 2021, { grouping: 'county', key: null, light: 'late' }), 'http://x');
  expect(link.searchParams.get('year')).toBe('2020');
  expect(JSON.parse(link.searchParams.get('f')!)).toEqual({ county: { values: [''] }, light: { values: ['late'] } });
});
