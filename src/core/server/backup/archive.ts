import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, type Header, type Pack, pack } from 'tar-stream';
import { GroundProblem } from '../ground-problem.ts';

/** What a backup file says of itself, as its first entry. */
export interface Manifest {
  format: 'guatu-backup';
  version: 1;
  /** `physical`: the embedded server's cluster as it lies on disk; `logical`: every table as CSV, for any PostgreSQL. */
  kind: 'physical' | 'logical';
  createdAt: string;
  postgres: string;
  platform: string;
}

export interface Writing {
  entry(header: Partial<Header> & { name: string }, body?: string | Buffer): Promise<void>;
  /** A file that may be written to meanwhile: exactly `stat` bytes are taken, a shorter one is filled with zeros. Gone: skipped. */
  file(path: string, name: string): Promise<number>;
}

/**
 * Writes one .tar.gz: the manifest first, what `work` adds, and a closing entry that proves it whole. It appears under
 * its name only when complete.
 */
export async function writeArchive(
  to: string,
  manifest: Manifest,
  work: (archive: Writing) => Promise<void>,
): Promise<number> {
  await mkdir(dirname(to), { recursive: true });
  const temporary = `${to}.part`;
  const tar = pack();
  const written = pipeline(tar, createGzip({ level: 1 }), createWriteStream(temporary, { mode: 0o600 }));
  // Awaited below; without this a full disk would end the process before we come to it.
  written.catch(() => {});
  let entries = 0;
  const archive: Writing = {
    entry: async (header, body) => {
      entries++;
      await new Promise<void>((done, fail) => tar.entry(header, body ?? '', (error) => (error ? fail(error) : done())));
    },
    file: async (path, name) => {
      const size = await copyFile(tar, path, name);
      if (size >= 0) entries++;
      return Math.max(0, size);
    },
  };
  try {
    await Promise.race([
      (async () => {
        await archive.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
        await work(archive);
        await archive.entry({ name: 'end.json' }, JSON.stringify({ entries: entries + 1 }));
        tar.finalize();
      })(),
      written,
    ]);
    await written;
    await rename(temporary, to);
    return (await stat(to)).size;
  } catch (error) {
    tar.destroy();
    await written.catch(() => {});
    await rm(temporary, { force: true });
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new GroundProblem(
          'disk_full',
          { zh: `磁盘空间不足，备份未完成：${to}`, en: `The disk is full, the backup was not made: ${to}` },
          error,
        )
      : error;
  }
}

async function copyFile(tar: Pack, path: string, name: string): Promise<number> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return -1;
  try {
    const { size, mtime } = await handle.stat();
    const entry = tar.entry({ name, size, mtime, mode: 0o600 });
    const buffer = Buffer.alloc(1024 * 1024);
    for (let left = size; left > 0; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(left, buffer.length));
      // Truncated under our hands: PostgreSQL mends such a page from its log.
      const chunk =
        bytesRead > 0 ? Buffer.from(buffer.subarray(0, bytesRead)) : Buffer.alloc(Math.min(left, buffer.length));
      left -= chunk.length;
      if (!entry.write(chunk)) await new Promise<void>((drained) => entry.once('drain', () => drained()));
    }
    await new Promise<void>((done) => {
      entry.once('finish', () => done());
      entry.end(Buffer.alloc(0));
    });
    return size;
  } finally {
    await handle.close();
  }
}

/** Adds every file below a folder under `prefix/`; folders too, since an empty one may be needed. `skip` sees relative paths. */
export async function addFolder(
  archive: Writing,
  folder: string,
  prefix: string,
  skip: (relative: string) => boolean = () => false,
): Promise<void> {
  const walk = async (relative: string): Promise<void> => {
    const entries = await readdir(join(folder, relative), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (skip(path)) continue;
      if (entry.isDirectory()) {
        await archive.entry({ name: `${prefix}/${path}/`, type: 'directory', mode: 0o700 });
        await walk(path);
      } else if (entry.isFile()) await archive.file(join(folder, path), `${prefix}/${path}`);
    }
  };
  await walk('');
}

const notOurs = (file: string, cause?: unknown): GroundProblem =>
  new GroundProblem(
    'no_backup',
    {
      zh: `${file} 不是完整的挂图备份文件，没有恢复任何内容。请换一份备份`,
      en: `${file} is not a whole Guatu backup: nothing was restored. Use another one`,
    },
    cause,
  );

/** Reads only the first entry. @throws GroundProblem when the file is missing or no backup of ours */
export async function readManifest(file: string): Promise<Manifest> {
  for await (const { header, text } of textEntries(file)) {
    if (header.name !== 'manifest.json') break;
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === 'guatu-backup' && manifest.version === 1) return manifest;
    break;
  }
  throw notOurs(file);
}

async function* textEntries(file: string): AsyncGenerator<{ header: Header; text: string }> {
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  reading.catch(() => tar.destroy());
  try {
    for await (const entry of tar) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      yield { header: entry.header, text: Buffer.concat(chunks).toString() };
    }
  } catch (error) {
    throw notOurs(file, error);
  } finally {
    tar.destroy();
    await reading.catch(() => {});
  }
}

/**
 * Hands each entry to `take`, which must read its stream to the end. Names that would leave the target are refused, and
 * a file that lacks its closing entry counts as torn.
 */
export async function readArchive(
  file: string,
  take: (header: Header, body: AsyncIterable<Buffer> & NodeJS.ReadableStream) => Promise<void>,
): Promise<void> {
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  reading.catch(() => tar.destroy());
  let entries = 0;
  let isWhole = false;
  try {
    for await (const entry of tar) {
      entries++;
      const { name } = entry.header;
      if (name.startsWith('/') || name.split('/').includes('..')) throw notOurs(file);
      if (name === 'end.json') {
        const chunks: Buffer[] = [];
        for await (const chunk of entry) chunks.push(chunk as Buffer);
        isWhole = (JSON.parse(Buffer.concat(chunks).toString()) as { entries: number }).entries === entries;
      } else await take(entry.header, entry as never);
    }
    await reading;
  } catch (error) {
    throw error instanceof GroundProblem || (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? error
      : notOurs(file, error);
  }
  if (!isWhole) throw notOurs(file);
}
