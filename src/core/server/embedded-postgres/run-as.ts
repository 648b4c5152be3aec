import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { GroundProblem } from '../ground-problem.ts';

/** The account PostgreSQL runs under. `undefined` ids: the one this program runs under. */
export interface RunAs {
  uid?: number;
  gid?: number;
  name: string;
}

interface SystemAccount {
  name: string;
  uid: number;
  gid: number;
}

function systemAccounts(): SystemAccount[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((parts) => parts.length >= 7)
      .map((parts) => ({ name: parts[0]!, uid: Number(parts[2]), gid: Number(parts[3]) }));
  } catch {
    return [];
  }
}

/**
 * PostgreSQL refuses to run as root. As root, the cluster's present owner runs it, else an account made for it,
 * else `nobody` (it must be in /etc/passwd: initdb asks for its name).
 */
export function chooseAccount(cluster: string): RunAs {
  if (process.getuid?.() !== 0) return { name: String(process.env.USER ?? process.getuid?.() ?? 'self') };
  const accounts = systemAccounts();
  const owner = ownerOf(cluster);
  if (owner !== undefined && owner.uid !== 0) {
    return { ...owner, name: accounts.find((a) => a.uid === owner.uid)?.name ?? String(owner.uid) };
  }
  const chosen = ['guatu', 'postgres', 'nobody'].map((name) => accounts.find((a) => a.name === name && a.uid !== 0));
  const account = chosen.find((a) => a !== undefined);
  if (account) return account;
  throw new GroundProblem('no_account', {
    zh: 'PostgreSQL 不能以 root 身份运行，而本机没有 guatu、postgres 或 nobody 用户。请先执行 useradd --system guatu。',
    en: 'PostgreSQL does not run as root, and this machine has no user guatu, postgres or nobody. Run "useradd --system guatu" first.',
  });
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch {
    return undefined;
  }
}

/** Spawn options for a child under that account. */
export const asAccount = ({ uid, gid }: RunAs): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid };

/** Whether the account reaches this folder by its path: every parent must be open to it. Asked of the system itself, so ACLs count. */
export function reaches(account: RunAs, folder: string): boolean {
  if (account.uid === undefined) return true;
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$1" 2>/dev/null', 'sh', folder], { ...asAccount(account), cwd: '/' });
  if (probe.error) throw cannotChangeAccount(account, probe.error);
  return probe.status === 0;
}

const cannotChangeAccount = (account: RunAs, cause: unknown): GroundProblem =>
  new GroundProblem(
    'no_account',
    {
      zh: `无法切换到 ${account.name} 用户来运行 PostgreSQL（容器可能去掉了 SETUID 权限）。请以普通用户身份启动，或设置 DATABASE_URL。`,
      en: `Cannot switch to user ${account.name} to run PostgreSQL (a container may have dropped SETUID). Start as an ordinary user, or set DATABASE_URL.`,
    },
    cause,
  );
