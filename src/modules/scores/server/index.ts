import { defineServerModule } from '#core/server/module.ts';
import { scores } from '../contract.ts';
import { listSchemes } from './scheme-store.ts';

export default defineServerModule(scores, {
  handlers: {
    list: (scope, { year }) => listSchemes(scope, year),
  },
});
