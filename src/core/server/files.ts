import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromFile } from 'file-type';
import { sql } from 'kysely';
import sharp from 'sharp';
import { notFound, Problem } from './errors.ts';
import type { Host } from './host.ts';
import type { Scope } from './scope.ts';

/** What is kept, by content, never by name. Types outside this list are refused. */
const accepted: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/x-cfb': 'xls',
  'application/zip': 'zip',
  'text/plain': 'txt',
};

export const maxFileBytes = 64 * 1024 * 1024;

export interface StoredFile {
  /** SHA-256 of the content, lower-case hex. */
  id: string;
  name: string;
  type: string;
  size: number;
}

/** What a download endpoint returns. Always sent as an attachment unless `inline` (our own re-encoded pictures). */
export interface FileReply {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  inline?: boolean;
}
export const fileReply = (reply: FileReply): FileReply => reply;

const rootOf = (host: Host) => join(host.config.dataDir, 'files');
const pathOf = (host: Host, id: string) => join(rootOf(host), id.slice(0, 2), id.slice(2));

/** Puts a stream into the store; the size is watched while it flows and the type is read from the content. */
export async function keepStream(
  host: Host,
  source: AsyncIterable<Uint8Array>,
  limit = maxFileBytes,
): Promise<{ id: string; type: string; size: number }> {
  const temporary = join(rootOf(host), 'incoming', randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size > limit)
        done(
          new Problem(413, 'file_too_large', {
            zh: `文件超过 ${limit >> 20} MB，请压缩或拆分后再传`,
            en: `The file is over ${limit >> 20} MB: compress or split it`,
          }),
        );
      else done(null, chunk);
    },
  });
  try {
    await pipeline(source, measure, createWriteStream(temporary));
    if (size === 0)
      throw new Problem(422, 'file_empty', { zh: '文件是空的，请重新选择', en: 'The file is empty: choose another' });
    const type = await typeOf(temporary);
    const id = hash.digest('hex');
    const path = pathOf(host, id);
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
    return { id, type, size };
  } finally {
    await rm(temporary, { force: true });
  }
}

async function typeOf(path: string): Promise<string> {
  const found = await fileTypeFromFile(path);
  if (found) {
    if (accepted[found.mime]) return found.mime;
    throw new Problem(415, 'file_type_refused', {
      zh: `不接收 ${found.ext} 文件。可传图片（JPG、PNG、WebP）、PDF、Excel、Word、CSV`,
      en: `A ${found.ext} file is not accepted. Send pictures (JPG, PNG, WebP), PDF, Excel, Word or CSV`,
    });
  }
  // No signature: text, if its beginning holds no control bytes that text never has.
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0);
    const isText = buffer
      .subarray(0, bytesRead)
      .every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
    if (isText) return 'text/plain';
  } finally {
    await handle.close();
  }
  throw new Problem(415, 'file_type_unknown', {
    zh: '认不出这个文件的类型，请检查是否选错了文件',
    en: 'The type of this file is not recognised: check that it is the right one',
  });
}

/** Records that the actor brought this content into the city. */
export async function registerFile(scope: Scope, file: StoredFile): Promise<void> {
  await sql`insert into core.file (city_id, id, name, type, size) values (${scope.cityId}, ${file.id}, ${file.name}, ${file.type}, ${file.size})
    on conflict do nothing`.execute(scope.db);
  await sql`insert into core.file_upload (city_id, file_id, actor_id, name) values (${scope.cityId}, ${file.id}, ${scope.actor.id}, ${file.name})
    on conflict do nothing`.execute(scope.db);
}

/** Stores bytes that the program itself made or received. */
export async function storeFile(scope: Scope, bytes: Uint8Array, name: string): Promise<StoredFile> {
  const kept = await keepStream(
    scope.effects.host,
    (async function* () {
      yield bytes;
    })(),
  );
  const file = { ...kept, name };
  await registerFile(scope, file);
  return file;
}

/** The record of a file of this city; 404 otherwise. Does not say whether the caller may see it: the owner of the row does. */
export async function findFile(scope: Scope, id: string): Promise<StoredFile> {
  const { rows } =
    await sql<StoredFile>`select id, name, type, size from core.file where city_id = ${scope.cityId} and id = ${id}`.execute(
      scope.db,
    );
  if (!rows[0]) throw notFound({ zh: '文件', en: 'file' });
  return rows[0];
}

/** The record of a file that this very actor uploaded: what may be attached to something. Otherwise 404. */
export async function claimFile(scope: Scope, id: string): Promise<StoredFile> {
  const file = await findFile(scope, id);
  if (scope.actor.kind === 'system') return file;
  const { rows } = await sql<{ name: string }>`select name from core.file_upload
    where city_id = ${scope.cityId} and file_id = ${id} and actor_id = ${scope.actor.id}`.execute(scope.db);
  if (!rows[0]) throw notFound({ zh: '文件', en: 'file' });
  return { ...file, name: rows[0].name };
}

export async function readFileBytes(scope: Scope, id: string): Promise<Uint8Array<ArrayBuffer>> {
  await findFile(scope, id);
  return new Uint8Array(await readFile(pathOf(scope.effects.host, id)));
}

/** The path of the content on this machine, for readers that want a file (a spreadsheet worker). Read it, never write it. */
export async function filePath(scope: Scope, id: string): Promise<string> {
  await findFile(scope, id);
  return pathOf(scope.effects.host, id);
}

export async function openFile(scope: Scope, id: string): Promise<FileReply> {
  const file = await findFile(scope, id);
  const stream = createReadStream(pathOf(scope.effects.host, id));
  return { name: file.name, type: file.type, body: Readable.toWeb(stream) as ReadableStream<Uint8Array> };
}

/** A picture re-encoded to WebP at most `size` pixels wide or high: no metadata, no hidden payload. Cached beside the content. */
export async function openThumbnail(scope: Scope, id: string, size: 160 | 480 | 1600): Promise<FileReply> {
  const file = await findFile(scope, id);
  if (!file.type.startsWith('image/')) throw notFound({ zh: '图片', en: 'picture' });
  const { host } = scope.effects;
  const cached = join(host.config.dataDir, 'thumbnails', `${id}-${size}.webp`);
  const has = await stat(cached).catch(() => undefined);
  if (!has) {
    const picture = await sharp(pathOf(host, id), { limitInputPixels: 100_000_000 })
      .rotate()
      .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
    await mkdir(dirname(cached), { recursive: true });
    const temporary = `${cached}.${randomUUID()}`;
    await writeFile(temporary, picture);
    await rename(temporary, cached);
  }
  return {
    name: `${id.slice(0, 12)}.webp`,
    type: 'image/webp',
    body: new Uint8Array(await readFile(cached)),
    inline: true,
  };
}
