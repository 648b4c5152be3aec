import { statfsSync } from 'node:fs';
import { GroundProblem } from '../ground-problem.ts';
import type { Layout } from './layout.ts';

const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);

export const diskFull = (folder: string, free: number): GroundProblem =>
  new GroundProblem('disk_full', {
    zh: `磁盘空间不足：${folder} 所在磁盘只剩 ${megabytes(free)} MB，数据库无法启动。请清理磁盘后重新启动，已提交的数据不会丢失。`,
    en: `The disk is full: ${megabytes(free)} MB are left where ${folder} lies, and the database cannot start. Make room and start again; nothing that was committed is lost.`,
  });

/** What PostgreSQL said last, turned into a sentence that says what to do; the log's own words stay in the log. */
export function problemFrom(layout: Layout, said: string): GroundProblem {
  const { bavail, bsize } = statfsSync(layout.home);
  if (/No space left on device|Disk quota exceeded/.test(said) || bavail * bsize < 1024 * 1024) {
    return diskFull(layout.dataDir, bavail * bsize);
  }
  if (/Permission denied|could not access directory|wrong ownership|invalid permissions/.test(said)) {
    return new GroundProblem(
      'no_rights',
      {
        zh: `数据库没有读写 ${layout.home} 的权限。请检查目录所有者与权限，详情见 ${layout.logFile}。`,
        en: `The database may not read or write ${layout.home}. Check its owner and rights; details are in ${layout.logFile}.`,
      },
      said,
    );
  }
  if (
    /PANIC|could not locate a valid checkpoint record|invalid checkpoint|incorrect checksum|could not open file|invalid page|database files are incompatible/.test(
      said,
    )
  ) {
    return new GroundProblem(
      'cluster_damaged',
      {
        zh: `数据库目录已损坏，PostgreSQL 无法打开 ${layout.cluster}。请先复制一份留存，再从备份恢复（npm run restore）；详情见 ${layout.logFile}。`,
        en: `The database directory is damaged: PostgreSQL cannot open ${layout.cluster}. Keep a copy, then restore a backup (npm run restore); details are in ${layout.logFile}.`,
      },
      said,
    );
  }
  if (/could not create shared memory|Cannot allocate memory|out of memory|shmget|semget/.test(said)) {
    return new GroundProblem(
      'no_memory',
      {
        zh: `内存不足，数据库无法启动。请释放内存（建议至少 1 GB）后重试；详情见 ${layout.logFile}。`,
        en: `There is not enough memory for the database. Free some (1 GB is advised) and try again; details are in ${layout.logFile}.`,
      },
      said,
    );
  }
  return new GroundProblem(
    'database_ended',
    {
      zh: `内置数据库未能启动，原因见 ${layout.logFile}。${lastLine(said)}`,
      en: `The embedded database did not start; the reason is in ${layout.logFile}. ${lastLine(said)}`,
    },
    said,
  );
}

const lastLine = (said: string): string => said.trim().split('\n').at(-1)?.trim() ?? '';
