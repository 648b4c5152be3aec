import { type CommandName, runCommand } from './core/server/commands.ts';
import { readConfig } from './core/server/config.ts';
import { loadModules } from './server.ts';

const [name, ...argv] = process.argv.slice(2);
process.exitCode = await runCommand(name as CommandName, argv, {
  load: loadModules,
  readConfig,
  root: new URL('./', import.meta.url),
});
