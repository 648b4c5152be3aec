import { readConfig } from './core/server/config.ts';
import type { AnyServerModule } from './core/server/module.ts';
import { runUntilStopped } from './core/server/run.ts';
import type { Contract } from './core/shared/contract.ts';
import * as registry from './registry.ts';

/** Every module's server half, by the names in the registry. */
export const loadModules = (): Promise<AnyServerModule[]> =>
  Promise.all(
    (Object.values(registry) as Contract[]).map(
      async ({ name }) => (await import(`./modules/${name}/server/index.ts`)).default as AnyServerModule,
    ),
  );

if (import.meta.main)
  await runUntilStopped(
    loadModules,
    () => readConfig(process.env, process.argv.slice(2)),
    new URL('./', import.meta.url),
  );
