import { defineWebModule } from '#core/web/module.ts';
import { ledger } from '../contract.ts';
import { matterRoutes, matterSlots } from './matter-routes.tsx';

export default defineWebModule(ledger, { routes: [...matterRoutes], slots: { ...matterSlots } });
