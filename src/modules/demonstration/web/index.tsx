import { defineWebModule } from '#core/web/module.ts';
import { demonstration } from '../contract.ts';
import { LoadCard } from './LoadCard.tsx';

export default defineWebModule(demonstration, {
  slots: { 'identity.setup.next': [{ order: 10, component: LoadCard, permission: 'demonstration.load' }] },
});
