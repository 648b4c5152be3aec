import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { verifyAudit } from './audit-chain.ts';
import { type Manifest, readManifest } from './backup/archive.ts';
import { backUpTables, copyDatabase, restoreTables } from './backup/logical.ts';
import { backUpCluster, restoreCluster } from './backup/physical.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import { openDb } from './db.ts';
import { findRunning } from './embedded-postgres/start.ts';
import { GroundProblem } from './ground-problem.ts';
import { listMigrations, type Migration } from './migrate.ts';
import type { AnyServerModule } from './module.ts';
import { modulesInOrder } from './serve.ts';

export interface Setting {
  load: () => Promise<AnyServerModule[]>;
  readConfig: (env: NodeJS.ProcessEnv, argv: readonly string[]) => Config;
  root: URL;
}

const say = (zh: string, en: string) => void process.stdout.write(`${zh}\n${en}\n`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Takes `--name value` or `--name=value` out of the arguments; the rest are settings for `readConfig`. */
function takeOption(argv: readonly string[], name: string): { value: string | undefined; rest: string[] } {
  const at = argv.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return { value: undefined, rest: [...argv] };
  const inline = argv[at]!.startsWith(`${name}=`);
  const value = inline ? argv[at]!.slice(name.length + 1) : argv[at + 1];
  return { value, rest: argv.filter((_, i) => i !== at && (inline || i !== at + 1)) };
}

async function migrationsOf({ load, root }: Setting): Promise<Migration[]> {
  return listMigrations(
    modulesInOrder(await load()).map((m) => m.contract.name),
    root,
  );
}

const stamp = () => new Date().toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');

/** The commands beside the server (`npm run backup`, …). Each returns the exit code of the process. */
const commands = {
  /** backup [--to FILE] */
  async backup(argv: readonly string[], setting: Setting): Promise<number> {
    const { value, rest } = takeOption(argv, '--to');
    const config = setting.readConfig(process.env, rest);
    const to = resolve(value ?? join(config.dataDir, 'backups', `guatu-${stamp()}.tar.gz`));
    const database = await openDatabase(config, () => {}, { share: true });
    try {
      const size =
        database.adminUrl === undefined
          ? await backUpTables(database.url, join(config.dataDir, 'files'), await migrationsOf(setting), to)
          : await backUpCluster(config.dataDir, database.adminUrl, to);
      say(
        `已备份：${to}（${megabytes(size)}）。请把它复制到另一台机器上`,
        `Backed up: ${to} (${megabytes(size)}). Copy it to another machine`,
      );
      return 0;
    } finally {
      await database.stop();
    }
  },

  /** restore FILE [--until MOMENT --wal FOLDER] */
  async restore(argv: readonly string[], setting: Setting): Promise<number> {
    const until = takeOption(argv, '--until');
    const wal = takeOption(until.rest, '--wal');
    const file = wal.rest.find((arg) => !arg.startsWith('-'));
    const config = setting.readConfig(
      process.env,
      wal.rest.filter((arg) => arg !== file),
    );
    if (file === undefined)
      throw new GroundProblem('no_file', {
        zh: '请写明备份文件：npm run restore -- 备份文件.tar.gz',
        en: 'Name the backup: npm run restore -- FILE.tar.gz',
      });
    const manifest = await readManifest(resolve(file));
    if ((until.value === undefined) !== (wal.value === undefined))
      throw new GroundProblem('until_and_wal', {
        zh: '恢复到某一时刻要同时写 --until 时刻 和 --wal 日志目录',
        en: 'Restoring a moment takes both --until MOMENT and --wal FOLDER',
      });
    const pointInTime = until.value === undefined ? undefined : { until: until.value, walArchive: resolve(wal.value!) };
    await restore(resolve(file), manifest, config, setting, pointInTime);
    say(
      `已恢复到 ${config.dataDir}。现在可以启动：npm start`,
      `Restored into ${config.dataDir}. Start it with npm start`,
    );
    return 0;
  },

  /** copy-database --from URL --to URL; left out: the embedded database of the data directory. */
  async 'copy-database'(argv: readonly string[], setting: Setting): Promise<number> {
    const from = takeOption(argv, '--from');
    const to = takeOption(from.rest, '--to');
    const config = setting.readConfig(process.env, to.rest);
    if (from.value === undefined && to.value === undefined)
      throw new GroundProblem('no_target', {
        zh: '请写明 --from 或 --to 数据库地址；未写的一侧是数据目录里的内置数据库',
        en: 'Name --from or --to; the side left out is the embedded database of the data directory',
      });
    const open = async (url: string | undefined) =>
      url === undefined
        ? openDatabase({ dataDir: config.dataDir }, () => {}, { share: true })
        : openDatabase({ dataDir: config.dataDir, databaseUrl: url }, () => {});
    const source = await open(from.value);
    const target = await open(to.value).catch(async (error) => {
      await source.stop();
      throw error;
    });
    try {
      // A superuser sees every city; an ordinary role is shown them one by one.
      const rows = await copyDatabase(
        source.adminUrl ?? source.url,
        target.url,
        await migrationsOf(setting),
        (table, n) => n > 0 && process.stdout.write(`  ${table}: ${n}\n`),
      );
      say(
        `已复制 ${rows} 行。附件仍在数据目录的 files 下`,
        `Copied ${rows} rows. Files stay in the data directory under files`,
      );
      return 0;
    } finally {
      await target.stop();
      await source.stop();
    }
  },

  async 'verify-audit'(argv: readonly string[], setting: Setting): Promise<number> {
    const config = setting.readConfig(process.env, argv);
    const database = await openDatabase(config, () => {}, { share: true });
    const db = openDb(database.url, { max: 2 });
    try {
      const { faults, blocks, sealed, waiting, lastHash } = await verifyAudit(db);
      for (const fault of faults) process.stdout.write(`✗ ${fault.kind}: ${fault.says}\n`);
      say(
        `审计链 ${blocks} 块，已封存 ${sealed} 条，待封存 ${waiting} 条，末块 ${lastHash}`,
        `Audit chain: ${blocks} blocks, ${sealed} rows sealed, ${waiting} waiting, last hash ${lastHash}`,
      );
      if (faults.length === 0) say('完整，没有被改动', 'Whole: nothing was changed');
      else say(`发现 ${faults.length} 处被改动`, `${faults.length} faults found`);
      return faults.length === 0 ? 0 : 1;
    } finally {
      await db.destroy();
      await database.stop();
    }
  },
} satisfies Record<string, (argv: readonly string[], setting: Setting) => Promise<number>>;

async function restore(
  file: string,
  manifest: Manifest,
  config: Config,
  setting: Setting,
  pointInTime: { until: string; walArchive: string } | undefined,
): Promise<void> {
  const running = findRunning(config.dataDir);
  const holds =
    existsSync(config.dataDir) &&
    readdirSync(config.dataDir).some((name) => name !== 'guatu.env' && name !== 'backups');
  if (running || holds)
    throw new GroundProblem('directory_not_empty', {
      zh: `${config.dataDir} 不是空目录，不能恢复到这里。请换一个目录：GUATU_DATA=新目录 npm run restore -- 备份文件`,
      en: `${config.dataDir} is not empty and is not restored over. Choose another: GUATU_DATA=FOLDER npm run restore -- FILE`,
    });
  if (manifest.kind === 'physical') {
    if (config.databaseUrl !== undefined)
      throw new GroundProblem('physical_backup', {
        zh: '这是内置数据库的备份，只能恢复到数据目录：请去掉 DATABASE_URL 恢复，再用 npm run copy-database 转移',
        en: 'This is a backup of the embedded database: restore it without DATABASE_URL, then move it with npm run copy-database',
      });
    return restoreCluster(file, manifest, config.dataDir, pointInTime);
  }
  if (pointInTime)
    throw new GroundProblem('logical_backup', {
      zh: '这份备份是逐表导出的，不能恢复到某一时刻',
      en: 'This backup is an export of tables: it cannot be restored to a moment',
    });
  const database = await openDatabase(config, () => {});
  try {
    await restoreTables(file, database.url, config.dataDir, await migrationsOf(setting));
  } finally {
    await database.stop();
  }
}

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
