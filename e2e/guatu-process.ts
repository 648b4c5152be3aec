import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The real program in a process group of its own, on a data directory and port that stay while it is killed and started. */
export class GuatuProcess {
  readonly dataDir: string;
  readonly url: string;
  readonly #port: number;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  /** Everything it said since the first start. */
  output = '';

  constructor(dataDir: string, port: number, env: Record<string, string> = {}) {
    this.dataDir = dataDir;
    this.#port = port;
    this.#env = env;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts it and waits until it is ready to serve. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['src/server.ts'], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PORT: String(this.#port),
        GUATU_DATA: this.dataDir,
        GUATU_LOG: 'warn',
        ...this.#env,
      },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        this.output += String(chunk);
      });
    for (const started = Date.now(); ; await pause(50)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The server ended before it was ready:\n${this.output.slice(-2_000)}`);
      if (Date.now() - started > 90_000) throw new Error(`The server is not ready:\n${this.output.slice(-2_000)}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
    }
  }

  /** kill -9 of the whole group: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As an administrator stops it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
    await gone;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
