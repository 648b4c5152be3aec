import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import type { ReadLimits } from './limits.ts';
import { brokenFile, passwordProtected, zipBomb } from './problems.ts';

export interface Zip {
  has(name: string): boolean;
  names(): string[];
  /** Unpacked bytes in pieces of about 256 KB. Stops when a part unpacks to more than the directory said. */
  read(name: string): AsyncGenerator<Buffer>;
  text(name: string): Promise<string>;
  close(): void;
}

/**
 * Opens a zip held in memory. The directory is checked before anything is unpacked: a 588 KB file can declare
 * 600 MB, and unpacking is where it would hurt. Directories lie, so `read` counts again while it unpacks.
 */
export async function openZip(bytes: Uint8Array, limits: ReadLimits): Promise<Zip> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await new Promise<ZipFile>((done, fail) =>
    fromBuffer(buffer, { lazyEntries: true, strictFileNames: false, validateEntrySizes: true }, (error, file) =>
      error ? fail(brokenFile()) : done(file),
    ),
  );
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  await new Promise<void>((done, fail) => {
    zip.on('error', () => fail(brokenFile()));
    zip.on('end', () => done());
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (
        entries.size >= limits.parts ||
        unpacked > limits.unpackedBytes ||
        (entry.uncompressedSize > limits.ratioFromBytes && ratio > limits.ratio)
      ) {
        return fail(zipBomb());
      }
      if (entry.isEncrypted()) return fail(passwordProtected());
      // Windows programs now and then write xl\workbook.xml.
      entries.set(entry.fileName.replaceAll('\\', '/').replace(/^\//, ''), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });

  let read = 0;
  async function* readPart(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) throw brokenFile();
    const raw = await new Promise<Readable>((done, fail) =>
      zip.openReadStream(entry, { decodeFileData: false }, (error, stream) =>
        error ? fail(brokenFile()) : done(stream),
      ),
    );
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw brokenFile();
    const stream: Readable = entry.compressionMethod === 8 ? raw.pipe(createInflateRaw({ chunkSize: 2 ** 18 })) : raw;
    raw.on('error', (error) => stream.destroy(error));
    let size = 0;
    let sum = 0;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        size += piece.length;
        read += piece.length;
        if (size > entry.uncompressedSize || read > limits.unpackedBytes) throw zipBomb();
        sum = crc32(piece, sum);
        yield piece;
      }
    } catch (error) {
      // zlib's own words ("incorrect header check") tell a clerk nothing.
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw brokenFile();
      throw error;
    } finally {
      raw.destroy();
      stream.destroy();
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw brokenFile();
  }

  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    read: readPart,
    text: async (name) => {
      const pieces: Buffer[] = [];
      for await (const piece of readPart(name)) pieces.push(piece);
      return new TextDecoder().decode(Buffer.concat(pieces));
    },
    close: () => zip.close(),
  };
}
