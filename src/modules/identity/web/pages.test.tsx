import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersFrom, renderPage, testSession } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Account, Me } from '../shapes.ts';
import { deviceOf } from './device.ts';
import { MyTotp } from './MyTotp.tsx';
import { OneAccountPage } from './OneAccountPage.tsx';
import { SetupPage } from './SetupPage.tsx';
import { SignInPage } from './SignInPage.tsx';

// Forms of antd take their time on a machine that runs other tests beside.
configure({ asyncUtilTimeout: 8_000 });
beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const door: Me = {
  account: null,
  units: [],
  permissions: [],
  city: { id: id(1), name: '岳阳市', code: '430600', demo: false },
  cities: [{ code: '430600', name: '岳阳市' }],
  today: '2021-09-26',
  demoClock: false,
  setup: false,
  oidc: null,
};

const enter = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('signing in asks for the code only after name and password were right, and sends all three', async () => {
  const sent: Record<string, unknown>[] = [];
  const send = answersFrom({
    '/api/identity/me': door,
    '/api/identity/sign-in': (_: URL, init: RequestInit) => {
      sent.push(JSON.parse(String(init.body)));
      return { next: sent.length === 1 ? 'codeNeeded' : 'signedIn' };
    },
  });
  renderPage(<SignInPage />, { send });
  await screen.findByText('岳阳市');
  enter('用户名', 'liumin');
  enter('密码', 'rain-on-the-ferry-42');
  press('登录');
  await screen.findByLabelText('动态口令');
  enter('动态口令', '123456');
  press('确认');
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual({ username: 'liumin', password: 'rain-on-the-ferry-42', code: '123456' });
});

test('a refusal is read out with the time at which the wait ends', async () => {
  const words = {
    zh: '连续输错次数过多，请在 09:35 后再试，或联系管理员重置密码',
    en: 'Too many wrong attempts. Try again after 09:35',
  };
  const send = answersFrom({
    '/api/identity/me': door,
    '/api/identity/sign-in': () => Response.json({ code: 'wait', words, requestId: 'r' }, { status: 423 }),
  });
  renderPage(<SignInPage />, { send });
  enter('用户名', 'liumin');
  enter('密码', 'x');
  press('登录');
  expect((await screen.findByRole('alert')).textContent).toContain('09:35');
});

test('the city is asked only where there are several, single sign-on offered only where it is configured, and English is one press away', async () => {
  const send = answersFrom({
    '/api/identity/me': {
      ...door,
      cities: [...door.cities, { code: '430100', name: '长沙市' }],
      oidc: { name: '市统一身份认证' },
    },
  });
  renderPage(<SignInPage />, { send });
  await screen.findByLabelText('城市');
  screen.getByRole('button', { name: '使用市统一身份认证登录' });
  press('English');
  expect(screen.getByRole('heading').textContent).toBe('Sign in');
  screen.getByRole('button', { name: 'Sign in with 市统一身份认证' });
});

test('set-up judges the password by the rules of the server before it sends anything', async () => {
  let calls = 0;
  const send = answersFrom({
    '/api/identity/me': { ...door, setup: true },
    '/api/identity/setup': () => ++calls && {},
  });
  renderPage(<SetupPage />, { send });
  await screen.findByLabelText('设置码');
  enter('设置码', 'ABCD-EFGH-JKMN');
  enter('城市名称', '岳阳市');
  enter('区划代码', '43');
  enter('总指挥部名称', '总指挥部');
  enter('姓名', '刘敏');
  enter('用户名', 'liumin');
  enter('密码', 'liumin2021');
  enter('再输一次密码', 'liumin2020');
  press('建立并登录');
  await screen.findByText(/密码中含有用户名或姓名/);
  await screen.findByText('两次输入的密码不一致');
  await screen.findByText('应为六位数字');
  expect(calls).toBe(0);
});

test('set-up that is closed leads to signing in', async () => {
  renderPage(<SetupPage />, { send: answersFrom({ '/api/identity/me': door }) });
  await screen.findByText(/已完成首次设置/);
  expect(screen.queryByLabelText('设置码')).toBeNull();
});

test('one-time codes are turned on step by step and the backup codes are shown once', async () => {
  let isOn = false;
  const send = answersFrom({
    '/api/identity/totp': () => ({ isOn, backupCodesLeft: isOn ? 10 : 0 }),
    '/api/identity/totp/begin': { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP' },
    '/api/identity/totp/confirm': () => {
      isOn = true;
      return { backupCodes: ['abcde-fghjk', 'mnpqr-stuvw'] };
    },
  });
  renderPage(<MyTotp />, { send });
  fireEvent.click(await screen.findByRole('button', { name: '启用' }));
  enter('请输入当前密码', 'rain-on-the-ferry-42');
  press('启用');
  await screen.findByRole('img', { name: '动态口令二维码' });
  screen.getByText('JBSWY3DPEHPK3PXP');
  enter('六位数字', '123456');
  press('确认启用');
  expect((await screen.findByRole('list', { name: '备用码' })).textContent).toContain('abcde-fghjk');
  press('我已保存');
  await waitFor(() => expect(screen.queryByText('abcde-fghjk')).toBeNull());
  screen.getByText('备用码还剩 10 个');
});

test('an account shows the buttons that the server allows and no other', async () => {
  const account: Account = {
    id: id(2),
    username: 'ouyangxiao',
    personId: id(3),
    personName: '欧阳晓',
    posts: [],
    roles: [],
    isLocked: false,
    waitUntil: null,
    mustChangePassword: true,
    totp: false,
    seenAt: null,
    grants: [],
    sessions: [],
    externalLogins: [],
    events: [],
    allowed: ['reset', 'grant'],
  };
  const at = `/accounts/${account.id}`;
  const setting = { at, path: '/accounts/:id', session: testSession };
  const first = renderPage(<OneAccountPage />, { ...setting, send: answersFrom({ [`/api/identity${at}`]: account }) });
  await screen.findByRole('button', { name: '重置密码' });
  screen.getByRole('button', { name: '授予角色' });
  expect(screen.queryByRole('button', { name: '停用' })).toBeNull();
  first.unmount();
  renderPage(<OneAccountPage />, {
    ...setting,
    send: answersFrom({ [`/api/identity${at}`]: { ...account, allowed: [] } }),
  });
  await screen.findByText(/您不能更改此账号/);
  expect(screen.queryByRole('button', { name: '重置密码' })).toBeNull();
});

test('a device is told by browser and system', () => {
  expect(
    deviceOf(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0',
    ),
  ).toBe('Edge · Windows');
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0')).toBe('微信 · iPhone');
  expect(deviceOf('curl/8')).toBeUndefined();
});
