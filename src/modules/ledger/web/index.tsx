import { defineWebModule } from '#core/web/module.ts';
import { ledger } from '../contract.ts';
import { listNav, listRoutes } from './list-routes.tsx';
import { matterRoutes, matterSlots } from './matter-routes.tsx';

export default defineWebModule(ledger, {
  routes: [...listRoutes, ...matterRoutes],
  nav: [...listNav],
  slots: { ...matterSlots },
});
