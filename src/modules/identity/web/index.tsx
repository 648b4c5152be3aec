import { defineWebModule } from '#core/web/module.ts';
import { identity } from '../contract.ts';
import { PersonAccount } from './PersonAccount.tsx';

const bare = { bare: true };
const account = { zh: '我的账号', en: 'My account' };

export default defineWebModule(identity, {
  routes: [
    {
      path: '/sign-in',
      lazy: async () => ({ Component: (await import('./SignInPage.tsx')).SignInPage }),
      handle: bare,
    },
    {
      path: '/sign-in/external',
      lazy: async () => ({ Component: (await import('./ExternalPage.tsx')).ExternalPage }),
      handle: bare,
    },
    { path: '/setup', lazy: async () => ({ Component: (await import('./SetupPage.tsx')).SetupPage }), handle: bare },
    { path: '/setup/next', lazy: async () => ({ Component: (await import('./NextPage.tsx')).NextPage }) },
    {
      path: '/account',
      lazy: async () => ({ Component: (await import('./MyAccountPage.tsx')).MyAccountPage }),
      handle: { title: account },
    },
    {
      path: '/account/password',
      lazy: async () => ({ Component: (await import('./PasswordPage.tsx')).PasswordPage }),
      handle: { title: account },
    },
    {
      path: '/accounts',
      lazy: async () => ({ Component: (await import('./AccountsPage.tsx')).AccountsPage }),
      handle: { title: identity.title, permission: 'identity.read' },
    },
    {
      path: '/accounts/roles',
      lazy: async () => ({ Component: (await import('./RolesPage.tsx')).RolesPage }),
      handle: { title: identity.title, permission: 'identity.read' },
    },
    {
      path: '/accounts/:id',
      lazy: async () => ({ Component: (await import('./OneAccountPage.tsx')).OneAccountPage }),
      handle: { title: identity.title, permission: 'identity.read' },
    },
  ],
  nav: [{ path: '/accounts', label: { zh: '账号', en: 'Accounts' }, order: 75, permission: 'identity.read' }],
  slots: { 'organization.person.main': [{ order: 40, component: PersonAccount, permission: 'identity.read' }] },
});
