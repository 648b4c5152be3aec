import { verifyAudit } from './audit-chain.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import { openDb } from './db.ts';
import { GroundProblem } from './ground-problem.ts';
import type { AnyServerModule } from './module.ts';

export interface Setting {
  load: () => Promise<AnyServerModule[]>;
  readConfig: (env: NodeJS.ProcessEnv, argv: readonly string[]) => Config;
  root: URL;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The commands beside the server (`npm run verify-audit`, …). Each returns the exit code of the process. */
const commands = {
  async 'verify-audit'(argv: readonly string[], setting: Setting): Promise<number> {
    const config = setting.readConfig(process.env, argv);
    const database = await openDatabase(config, () => {}, { share: true });
    const db = openDb(database.url, { max: 2 });
    try {
      const report = await verifyAudit(db);
      for (const fault of report.faults) say(`✗ ${fault.kind}: ${fault.says}`);
      say(`审计链 ${report.blocks} 块，${report.sealed} 条已封存，${report.waiting} 条待封存；末块 ${report.lastHash}`);
      say(
        `Audit chain: ${report.blocks} blocks, ${report.sealed} rows sealed, ${report.waiting} waiting; last hash ${report.lastHash}`,
      );
      say(
        report.faults.length === 0
          ? '完整无误 · whole'
          : `${report.faults.length} 处被动过 · ${report.faults.length} faults`,
      );
      return report.faults.length === 0 ? 0 : 1;
    } finally {
      await db.destroy();
      await database.stop();
    }
  },
} satisfies Record<string, (argv: readonly string[], setting: Setting) => Promise<number>>;

export type CommandName = keyof typeof commands;

export async function runCommand(name: CommandName, argv: readonly string[], setting: Setting): Promise<number> {
  try {
    const command = commands[name];
    if (!command)
      throw new GroundProblem('no_command', {
        zh: `没有 ${name} 这个命令。可用：${Object.keys(commands).join('、')}`,
        en: `No command ${name}. There are: ${Object.keys(commands).join(', ')}`,
      });
    return await command(argv, setting);
  } catch (error) {
    process.stderr.write(
      `${error instanceof GroundProblem ? `${error.words.zh}\n${error.words.en}` : (error as Error).stack}\n`,
    );
    return 1;
  }
}
