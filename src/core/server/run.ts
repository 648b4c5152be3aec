import type { Config } from './config.ts';
import { GroundProblem } from './ground-problem.ts';
import type { AnyServerModule } from './module.ts';
import { serve } from './serve.ts';

/**
 * The life of a server process: start, say where, serve until asked to stop, stop cleanly.
 * A problem of the ground (disk, port, data directory) is a sentence in both languages and exit code 1, never a stack.
 */
export async function runUntilStopped(
  load: () => Promise<AnyServerModule[]>,
  config: () => Config,
  root: URL,
): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const settings = config();
    const running = await serve(await load(), settings, root, say);
    say(`\n挂图 Guatu  ${settings.publicUrl ?? running.url}\n`);
    let stoppingSince = 0;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        // One Ctrl-C arrives several times, from the terminal and from each launcher above us; a person's second comes later.
        if (stoppingSince > 0 && Date.now() - stoppingSince > 2_000) process.exit(1);
        if (stoppingSince > 0) return;
        stoppingSince = Date.now();
        void running.stop().then(() => process.exit(0));
      });
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof GroundProblem) return `${error.words.zh}\n${error.words.en}`;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被占用：用 PORT=… 换一个端口\nPort ${port} is in use: choose another with PORT=…`;
  if (code === 'EACCES' && port !== undefined)
    return `没有权限使用端口 ${port}：换一个大于 1024 的端口\nNo right to use port ${port}: choose one above 1024`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
