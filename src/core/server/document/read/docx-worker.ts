import mammoth from 'mammoth';
import { isWorker, serveWorker } from '../../worker-process.ts';
import { readHtml } from './html-text.ts';
import { documentBroken } from './problems.ts';

/** Word's own parts to text and blocks. Pictures are not even opened. */
async function readDocx(bytes: Uint8Array) {
  let html: string;
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const none = mammoth.images.imgElement(async () => ({ src: '' }));
    html = (await mammoth.convertToHtml({ buffer }, { convertImage: none, externalFileAccess: false })).value;
  } catch {
    throw documentBroken();
  }
  return readHtml(html);
}

if (isWorker) await serveWorker<{ bytes: Uint8Array }>(({ bytes }) => readDocx(bytes));
