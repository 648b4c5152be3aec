import { lazy } from 'react';
import { defineWebModule } from '#core/web/module.ts';
import { wall } from '../contract.ts';
import { en, zh } from './text.ts';

export default defineWebModule(wall, {
  routes: [
    {
      path: '/wall-map',
      handle: { title: { zh: zh.page.title, en: en.page.title }, permission: 'wall.manage' },
      lazy: async () => ({ Component: (await import('./MapPage.tsx')).MapPage }),
    },
  ],
  slots: {
    'meetings.route.map': [
      {
        order: 10,
        permission: 'wall.read',
        component: lazy(async () => ({ default: (await import('./RouteMap.tsx')).RouteMap })),
      },
    ],
  },
  nav: [
    { path: '/wall', label: { zh: zh.nav, en: en.nav }, order: 60, permission: 'wall.read', external: true },
    { path: '/wall-map', label: { zh: zh.page.nav, en: en.page.nav }, order: 85, permission: 'wall.manage' },
  ],
});
