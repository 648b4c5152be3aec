import { totalmem } from 'node:os';

const mb = 1024 * 1024;

/**
 * Server settings given on the command line, so that a restored or copied cluster never brings old ones along.
 * TCP on loopback only: a Unix socket's path may have 107 bytes, and data directories are longer than that.
 */
export function serverSettings(
  port: number,
  extra: Readonly<Record<string, string>>,
  testing: boolean,
): Record<string, string> {
  const buffers = Math.min(2048, Math.max(128, Math.floor(totalmem() / mb / 8)));
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: testing ? '300' : '150',
    shared_buffers: `${testing ? 128 : buffers}MB`,
    effective_cache_size: `${buffers * 4}MB`,
    work_mem: '16MB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    // Errors of single statements are the program's to report; in the server's log they would spill personal data.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    // A month that was just opened is filed at once: the planner must know the new rows in seconds, not in a minute.
    ...(!testing && { autovacuum_naptime: '10s' }),
    ...(testing && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...extra,
  };
}

export const asArguments = (settings: Record<string, string>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
