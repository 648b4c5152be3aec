import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A failure that is told in one sentence of each language, without a stack. */
export class Sentence extends Error {
  constructor(zh, en) {
    super(`${zh}\n${en}`);
  }
}

export const say = (zh, en) => process.stdout.write(`${zh} ${en}\n`);

export function failWith(error) {
  process.stderr.write(`${error instanceof Sentence ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Runs a program in the foreground, passes our signals on, and returns its exit code (128 + n for signal n).
 * `beside` is a second program (by the same Node) that starts and ends with it.
 * @returns {Promise<number>}
 */
export function runToEnd(program, args, { env = process.env, beside } = {}) {
  const children = [args, ...(beside ? [beside] : [])].map((a) =>
    spawn(program, a, { cwd: root, env, stdio: 'inherit' }),
  );
  // The child outlives our wish to end: we end when it has stopped cleanly. npm and the terminal both tell us of one
  // Ctrl-C, so the same signal within a second is passed on once.
  const passedOn = new Map();
  const passOn = (signal) => {
    if (Date.now() - (passedOn.get(signal) ?? 0) < 1_000) return;
    passedOn.set(signal, Date.now());
    for (const child of children) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  const orphaned = whenOrphaned(() => passOn('SIGTERM'));
  const ends = children.map(
    (child) =>
      new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code, signal) => resolve(code ?? 128 + (signalNumbers[signal] ?? 0)));
      }),
  );
  return Promise.race(ends).then(async (code) => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await Promise.all(ends);
    for (const signal of signals) process.off(signal, passOn);
    clearInterval(orphaned);
    return code;
  });
}

/**
 * npm that is ended does not tell us: a TERM ends the shell between us, a KILL leaves even that waiting. A server that
 * nobody holds any more must not stay behind.
 */
function whenOrphaned(act) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  const look = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(look); // told once: a second signal would cut the clean stop short
    act();
  }, 500);
  return look.unref();
}

/** Of the shell's parent only Linux tells us without a further program; elsewhere npm's own end by TERM is noticed. */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8').match(/^PPid:\s*(\d+)/m)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Runs a program that must end within `limitMs`, showing its output, with a line of life every 15 s while it says nothing.
 * It has a process group of its own, so that a time limit ends whatever it started as well.
 * @returns {Promise<{ code: number, timedOut: boolean }>}
 */
export function runWithin(limitMs, program, args, { env = process.env, doing } = {}) {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    const killGroup = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // ended meanwhile
      }
    };
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      killGroup('SIGKILL');
    }, limitMs);
    const life = setInterval(
      () => process.stdout.write(`  … ${doing ?? program} ${Math.round((Date.now() - began) / 1000)} s\n`),
      15_000,
    );
    const stop = (signal) => {
      killGroup(signal);
      process.exit(128 + (signalNumbers[signal] ?? 0));
    };
    const onSignal = Object.fromEntries(signals.map((s) => [s, () => stop(s)]));
    for (const [signal, handler] of Object.entries(onSignal)) process.on(signal, handler);
    const done = () => {
      clearTimeout(limit);
      clearInterval(life);
      for (const [signal, handler] of Object.entries(onSignal)) process.off(signal, handler);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code) => {
      done();
      resolve({ code: code ?? 1, timedOut });
    });
  });
}
