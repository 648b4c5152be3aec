import { defineServerModule } from '#core/server/http.ts';
import { challenges } from '../contract.ts';

export default defineServerModule(challenges, { handlers: { list: async () => ({ cards: [] }) } });
