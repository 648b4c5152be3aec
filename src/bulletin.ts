import { runBulletin } from './modules/bulletins/server/command-line.ts';

// The formats of files end their helpers by themselves; a pipe that is closed early (head) is no fault.
process.exitCode = await runBulletin(process.argv.slice(2), (text) => void process.stdout.write(text));
