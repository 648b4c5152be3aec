import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Post, TreeUnit, Unit } from '../shapes.ts';
import { UnitsPage } from './UnitsPage.tsx';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const line = (n: number, parent: number | null, name: string, rest: Partial<TreeUnit> = {}): TreeUnit => ({
  id: id(n),
  parentId: parent === null ? null : id(parent),
  name,
  shortName: null,
  initials: '',
  kind: 'commandPost',
  state: 'valid',
  canOpen: true,
  ...rest,
});
const units = [
  line(1, null, '总指挥部', { kind: 'headquarters' }),
  line(2, 1, '城建协调指挥部', { initials: 'cjxtzhb' }),
  line(3, 1, '平江县', { kind: 'county', canOpen: false }),
];
const post: Post = {
  id: id(8),
  personId: id(9),
  personName: '示例指挥长',
  unitId: id(2),
  unitName: '城建协调指挥部',
  title: '指挥长',
  leaderOrder: 1,
  duties: null,
  validFrom: '2021-01-01',
  validTo: null,
  state: 'valid',
  allowed: [],
};
const page: Unit = {
  id: id(2),
  name: '城建协调指挥部',
  shortName: '城建',
  kind: 'commandPost',
  version: 3,
  path: [{ id: id(1), name: '总指挥部', shortName: null, kind: 'headquarters' }],
  regionCode: null,
  regionName: null,
  creditCode: '91350203M0001QAY9B',
  creditCodeReason: '与证照一致',
  creditCodeHolds: false,
  aliases: [],
  position: 0,
  note: null,
  validFrom: '2021-01-01',
  validTo: '2021-12-31',
  state: 'valid',
  successor: null,
  predecessors: [],
  children: [],
  posts: [post],
  counts: { children: 0, below: 0, people: 1 },
  allowed: [],
};
const answers = (unit: Unit, more: Record<string, unknown> = {}) =>
  answersFrom({
    '/api/organization/tree': { asOf: '2021-09-26', units, canEditRegions: false },
    [`/api/organization/units/${id(2)}`]: unit,
    [`/api/organization/units/${id(2)}/history`]: [],
    '/api/organization/regions': [],
    ...more,
  });
const show = (unit: Unit, more: Record<string, unknown> = {}, at = `/organization/units/${id(2)}`) =>
  renderPage(<UnitsPage />, {
    send: answers(unit, more),
    at,
    path: '/organization/units/:unitId',
    permissions: ['organization.read'],
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

test('a unit shows its validity, its leader, and why a failing code is kept', async () => {
  show(page);
  expect(await screen.findByRole('heading', { name: '城建协调指挥部' })).toBeTruthy();
  expect(screen.getByText('2021-01-01 至 2021-12-31')).toBeTruthy();
  expect(screen.getByText(/校验码不符，保留原因：与证照一致/)).toBeTruthy();
  expect(screen.getByRole('link', { name: '示例指挥长' }).getAttribute('href')).toBe(`/organization/persons/${id(9)}`);
});

test('buttons are drawn from allowed alone, and a phone column only where phones were given', async () => {
  const { unmount } = show(page);
  await screen.findByRole('heading', { name: '城建协调指挥部' });
  for (const name of ['编辑', '新建下级', '任职', '免职']) expect(screen.queryByRole('button', { name })).toBeNull();
  expect(screen.queryByRole('columnheader', { name: '电话' })).toBeNull();
  unmount();
  show({
    ...page,
    allowed: ['change', 'addChild', 'addPost'],
    posts: [{ ...post, phone: '0730-1', allowed: ['end'] }],
  });
  expect(await screen.findByRole('button', { name: '编辑' })).toBeTruthy();
  expect(screen.getByRole('button', { name: /免职 示例指挥长/ })).toBeTruthy();
  expect(screen.getByRole('link', { name: /拨打示例指挥长的电话/ }).getAttribute('href')).toBe('tel:07301');
  expect(screen.queryByRole('button', { name: /更多/ })).toBeNull();
});

test('the tree is walked, shut and opened with the keyboard', async () => {
  show(page);
  const tree = await screen.findByRole('tree', { name: '组织树' });
  const lines = () =>
    within(tree)
      .getAllByRole('treeitem')
      .map((item) => item.getAttribute('aria-expanded') ?? item.textContent);
  expect(lines()).toEqual(['true', '城建协调指挥部', '平江县']);
  const active = () => document.getElementById(tree.getAttribute('aria-activedescendant')!)?.textContent;
  expect(active()).toContain('城建协调指挥部');
  fireEvent.keyDown(tree, { key: 'ArrowLeft' });
  expect(active()).toContain('总指挥部');
  fireEvent.keyDown(tree, { key: 'ArrowLeft' });
  expect(lines()).toEqual(['false']);
  fireEvent.keyDown(tree, { key: 'ArrowRight' });
  expect(lines()).toHaveLength(3);
});

test('a unit out of reach is a name and nothing else', async () => {
  show(page, {}, `/organization/units/${id(3)}`);
  expect(await screen.findByText('不在您的管理范围，仅显示名称')).toBeTruthy();
  expect(screen.queryByText('沿革')).toBeNull();
});

test('a refusal that names a field stands at that field, and what was typed stays', async () => {
  const words = { zh: '生效日期不能早于上次变更（2021-07-01）', en: 'too early' };
  const sent: unknown[] = [];
  show(
    { ...page, allowed: ['change'] },
    {
      [`/api/organization/units/${id(2)}/change`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return Response.json({ code: 'effective_too_early', words, field: 'effectiveFrom' }, { status: 422 });
      },
    },
  );
  fireEvent.click(await screen.findByRole('button', { name: '编辑' }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText('单位名称'), { target: { value: '城建交通协调指挥部' } });
  fireEvent.change(within(dialog).getByLabelText('原因或依据'), { target: { value: '更名' } });
  fireEvent.click(within(dialog).getByRole('button', { name: '保存' }));
  expect(await within(dialog).findByText(words.zh)).toBeTruthy();
  expect(sent[0]).toMatchObject({
    version: 3,
    name: '城建交通协调指挥部',
    effectiveFrom: '2021-09-26',
    reason: '更名',
  });
  expect(within(dialog).getByLabelText<HTMLInputElement>('单位名称').value).toBe('城建交通协调指挥部');
});

test('a change without a reason is not sent', async () => {
  show({ ...page, allowed: ['change'] });
  fireEvent.click(await screen.findByRole('button', { name: '编辑' }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('button', { name: '保存' }));
  expect(await within(dialog).findByText('请填写原因或依据')).toBeTruthy();
});

test('a past day says that it is past, and one press leads back', async () => {
  const seen: string[] = [];
  show(
    page,
    {
      '/api/organization/tree': (url: URL) => {
        seen.push(url.searchParams.get('asOf') ?? 'today');
        return { asOf: '2021-09-26', units, canEditRegions: false };
      },
    },
    `/organization/units/${id(2)}?asOf=2021-02-15`,
  );
  expect(await screen.findByText('以下为 2021-02-15 的组织，只读')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '回到今天' }));
  await waitFor(() => expect(seen).toEqual(['2021-02-15', 'today']));
  expect(screen.queryByText(/只读/)).toBeNull();
});
