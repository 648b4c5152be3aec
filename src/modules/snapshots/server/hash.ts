import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { canonicalText, type SnapshotBody } from '../body.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The hash of a snapshot: of the one before it, of its cells and of everything said beside them. */
export const chainHash = (prevHash: string, bodyHash: string, head: string): string =>
  sha256(`${prevHash}\n${bodyHash}\n${head}`);

const [compress, expand] = [promisify(gzip), promisify(gunzip)];

export async function packed(body: SnapshotBody): Promise<{ bytes: Buffer; hash: string }> {
  const text = canonicalText(body);
  return { bytes: await compress(text, { level: 6 }), hash: sha256(text) };
}

/** @throws when the bytes are no longer what was written. */
export async function unpacked(bytes: Uint8Array): Promise<{ body: SnapshotBody; hash: string }> {
  const text = (await expand(bytes)).toString('utf8');
  return { body: JSON.parse(text) as SnapshotBody, hash: sha256(text) };
}
