import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** Midnight of 1 January 1980, the zero of a zip's clock. */
const dosDate = 0x0021;
const office = /\.(xlsx|docx|pptx)$/i;

interface Part {
  name: Buffer;
  content: Buffer;
}

/**
 * The same office file without the moment it was written: libraries put the time of day into every entry of the zip and
 * into docProps/core.xml, so that the same document is other bytes each second and cannot be known by its hash. `moment`
 * takes its place. Files within files (the data of a chart) are done likewise.
 * @throws Error when the bytes are no zip that this program could have made (ZIP64, encrypted)
 */
export function steadyZip(bytes: Uint8Array, moment: Date): Uint8Array<ArrayBuffer> {
  return write(
    readParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).map((part) => steady(part, moment)),
  );
}

function steady({ name, content }: Part, moment: Date): Part {
  const path = name.toString('utf8');
  if (office.test(path)) return { name, content: Buffer.from(steadyZip(content, moment)) };
  if (path !== 'docProps/core.xml') return { name, content };
  const at = moment.toISOString().replace(/\.\d+Z$/, 'Z');
  const text = content
    .toString('utf8')
    .replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, (_, open: string) => `${open}${at}`);
  return { name, content: Buffer.from(text) };
}

function readParts(zip: Buffer): Part[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('No zip: its directory is missing');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('No zip of ours: its directory is broken');
    const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)];
    const [packed, size] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const name = zip.subarray(at + 46, at + 46 + nameLength);
    if (flags & 1 || size === 0xffffffff || (method !== 0 && method !== 8))
      throw new Error(`No zip of ours: ${name.toString('utf8')} is packed in a way that is not read here`);
    at += 46 + nameLength + extra + comment;
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const raw = zip.subarray(start, start + packed);
    return { name, content: method === 8 ? inflateRawSync(raw) : raw };
  });
}

function write(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const out: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content } of parts) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2); // names are UTF-8
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0, 6);
    head.writeUInt16LE(dosDate, 8);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(name.length, 22);
    out.push(Buffer.from([0x50, 0x4b, 3, 4]), head, name, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), head, tail, name);
    at += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...out, ...directory, end]));
}
