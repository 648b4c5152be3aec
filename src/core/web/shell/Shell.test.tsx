import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useParams } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineContract } from '../../shared/contract.ts';
import { defineWebModule } from '../module.ts';
import { Slot } from '../Slot.tsx';
import { answersFrom, renderRoutes, testSession } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { routesOf } from './App.tsx';
import { safeTarget, signInFrom } from './paths.ts';

vi.stubGlobal(
  'EventSource',
  class {
    addEventListener() {}
    close() {}
  },
);
const words = (zh: string, en: string) => ({ zh, en });
const contract = (name: string) => defineContract({ name, title: words(name, name), permissions: {}, endpoints: {} });
const projects = defineWebModule(contract('projects'), {
  routes: [
    {
      path: '/projects',
      element: (
        <>
          <PageHead title="项目清单" />
          <Slot name="projects.list.side" props={{ year: 2021 }} />
        </>
      ),
      handle: { title: words('项目', 'Projects') },
    },
    { path: '/rules', element: <p>规则</p>, handle: { permission: 'dispatch.setRules' } },
    { path: '/sign-in', element: <p>请登录</p>, handle: { bare: true } },
    {
      path: '/broken/:id',
      Component: () => {
        const { id } = useParams();
        if (id === '1') throw new Error('坏页');
        return <p>第 {id} 页</p>;
      },
    },
    { path: '/setup', element: <p>首次设置</p>, handle: { bare: true } },
    { path: '/account/password', element: <p>修改密码</p> },
  ],
  nav: [
    { path: '/projects', label: words('项目', 'Projects'), order: 10, permission: 'projects.read', badge: () => 1612 },
  ],
});
const others = defineWebModule(contract('others'), {
  nav: [{ path: '/audit', label: words('审计', 'Audit'), order: 5, permission: 'audit.read' }],
  slots: {
    'projects.list.side': [
      { order: 2, component: ({ year }: { year: number }) => <p>年份 {year}</p> },
      {
        order: 1,
        component: () => {
          throw new Error('坏了');
        },
      },
    ],
  },
});
const me = { ...testSession, permissions: ['projects.read'], setup: false };
const open = (at: string, answer: unknown = me) =>
  renderRoutes(routesOf([projects, others]), {
    at,
    modules: [projects, others],
    send: answersFrom({ '/api/identity/me': answer, '/api/identity/sign-out': {} }),
  });

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('the start page is the first place the visitor may open, and the rest is not offered', async () => {
  open('/');
  expect(await screen.findByRole('heading', { name: '项目清单' })).toBeTruthy();
  expect(screen.getByRole('link', { name: /项目\s*1,612/ }).getAttribute('aria-current')).toBe('page');
  expect(screen.queryByText('审计')).toBeNull();
  expect(screen.getByText('示例数据')).toBeTruthy();
  expect(screen.getByText(/2021-09-26 周日/)).toBeTruthy();
  expect(document.title).toBe('项目清单 · 挂图');
});

test('who is not signed in is sent to sign in, and the way back is kept', async () => {
  open('/projects?q=a', { ...me, account: null });
  expect(await screen.findByText('请登录')).toBeTruthy();
  expect(signInFrom('/projects?q=a')).toBe('/sign-in?to=%2Fprojects%3Fq%3Da');
  expect(safeTarget('/projects?q=a')).toBe('/projects?q=a');
  for (const bad of ['//evil.cn', 'https://evil.cn', '/\\evil.cn', null]) expect(safeTarget(bad)).toBe('/');
});

test('an installation that nobody has set up opens the first-run page', async () => {
  open('/', { ...me, account: null, city: null, setup: true });
  expect(await screen.findByText('首次设置')).toBeTruthy();
});

test('a first password must be changed before anything else opens', async () => {
  open('/projects', { ...me, account: { ...me.account, mustChangePassword: true } });
  expect(await screen.findByText('修改密码')).toBeTruthy();
});

test('a page behind a missing right says so, and an unknown address says that', async () => {
  open('/rules');
  expect(await screen.findByText('您没有打开此页的权限')).toBeTruthy();
  cleanup();
  open('/nothing');
  expect(await screen.findByText('没有这个页面')).toBeTruthy();
});

test('a part of a page that fails leaves the page and the other parts alone', async () => {
  open('/projects');
  expect(await screen.findByText('年份 2021')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('坏了');
  expect(screen.getByRole('heading', { name: '项目清单' })).toBeTruthy();
});

test('a page that failed does not take the next page with it', async () => {
  open('/broken/1');
  expect((await screen.findByRole('alert')).textContent).toContain('坏页');
  fireEvent.click(screen.getByRole('link', { name: /项目/ }));
  expect(await screen.findByRole('heading', { name: '项目清单' })).toBeTruthy();
});

test('the switch in the header turns everything to English', async () => {
  open('/projects');
  fireEvent.click(await screen.findByRole('button', { name: 'English' }));
  expect(screen.getByText('Sample data')).toBeTruthy();
  await waitFor(() => expect(document.documentElement.lang).toBe('en'));
  act(() => chooseLanguage('zh'));
});

test('the slash key goes to the search, and Enter opens the list with what was typed', async () => {
  open('/account/password');
  await screen.findByText('修改密码');
  fireEvent.keyDown(document.body, { key: '/' });
  const box = screen.getByRole('searchbox', { name: '搜索' });
  expect(document.activeElement).toBe(box);
  fireEvent.change(box, { target: { value: 'szxyy' } });
  fireEvent.submit(box.closest('form')!);
  expect(await screen.findByRole('heading', { name: '项目清单' })).toBeTruthy();
});

test('the question mark shows the keys of this page', async () => {
  open('/projects');
  await screen.findByRole('heading', { name: '项目清单' });
  fireEvent.keyDown(document.body, { key: '?' });
  expect(await screen.findByRole('dialog', { name: '键盘说明' })).toBeTruthy();
});
