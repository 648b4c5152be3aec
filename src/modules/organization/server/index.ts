import { defineServerModule } from '#core/server/http.ts';
import { organization } from '../contract.ts';
import { personHandlers } from './person-handlers.ts';
import { postHandlers } from './post-handlers.ts';
import { regionHandlers } from './region-handlers.ts';
import { unitCommands } from './unit-commands.ts';
import { unitQueries } from './unit-queries.ts';

export default defineServerModule(organization, {
  handlers: { ...unitQueries, ...unitCommands, ...personHandlers, ...postHandlers, ...regionHandlers },
});
