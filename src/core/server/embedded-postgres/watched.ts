import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { asAccount, type RunAs } from './run-as.ts';

/**
 * The shell becomes the program itself (`exec`), after leaving a watchdog behind that holds the reading end of a pipe.
 * The kernel closes the writing end the moment this Node process ends, however it ends, so nothing polls and there is
 * no instant at which the program runs unwatched. Interrupt (fast shutdown), after 2 s quit (immediate), after 3 s kill.
 * The watchdog ends with the word `done`, which comes when the program ended in the ordinary way.
 */
const script = `
pid=$$
(
  trap '' TERM INT HUP
  read -r word <&3
  [ "$word" = done ] && exit 0
  ours() { kill -0 "$pid" 2>/dev/null && { [ ! -r "/proc/$pid/comm" ] || { read -r name <"/proc/$pid/comm"; [ "$name" = "$program" ] || [ "$name" = sh ]; }; }; }
  program=\${2##*/}
  n=0
  while ours && [ $n -le 30 ]; do
    case $n in 0) kill -INT "$pid" ;; 20) kill -QUIT "$pid" ;; 30) kill -KILL "$pid" ;; esac
    n=$((n + 1)); sleep 0.1
  done
) </dev/null >/dev/null 2>&1 &
shift
exec "$@" 3<&-
`;

export interface Watched {
  child: ChildProcess;
  /** Resolves with the exit code (null when a signal ended it). */
  ended: Promise<number | null>;
}

/**
 * Starts a program that must not outlive this process, not even a `kill -9` of it. It gets a session of its own, so
 * that Ctrl-C at the console reaches us first and we decide the order in which things stop.
 * @param inFolder the program's working directory
 * @param output a file descriptor for its output, or 'pipe'
 */
export function spawnWatched(
  account: RunAs,
  inFolder: string,
  command: readonly string[],
  output: number | 'pipe',
): Watched {
  // The folder's name is an argument only so that a person who lists processes sees whose they are.
  const child = spawn('/bin/sh', ['-c', script, 'guatu-watchdog', inFolder, ...command], {
    ...asAccount(account),
    cwd: inFolder,
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
  });
  const pipe = child.stdio[3] as Writable;
  pipe.on('error', () => {}); // the watchdog may be gone already
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', (code) => {
      pipe.end('done\n');
      resolve(code);
    });
  });
  return { child, ended };
}
