import { defineServerModule } from '#core/server/http.ts';
import { rankings } from '../contract.ts';

export default defineServerModule(rankings, {
  handlers: {
    periods: async () => [],
  },
});
