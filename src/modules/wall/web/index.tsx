import { defineWebModule } from '#core/web/module.ts';
import { wall } from '../contract.ts';
import { en, zh } from './text.ts';

export default defineWebModule(wall, {
  nav: [{ path: '/wall', label: { zh: zh.nav, en: en.nav }, order: 60, permission: 'wall.read', external: true }],
});
