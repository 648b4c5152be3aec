import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrMatrix } from './qr.ts';

const hashOf = (matrix: boolean[][]) =>
  createHash('sha256')
    .update(matrix.map((row) => row.map(Number).join('')).join('\n'))
    .digest('hex')
    .slice(0, 16);

// Each of these was read back to its text by an independent reader (jsQR 1.4.0) before its hash was written down.
test.each([
  ['HELLO', 21, 'c346c75add569873'],
  [
    'otpauth://totp/%E6%8C%82%E5%9B%BE%20Guatu:liumin?issuer=%E6%8C%82%E5%9B%BE%20Guatu&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    53,
    '33452280edd0417f',
  ],
  ['挂'.repeat(200), 93, '341a76df64cad7fd'],
])('a code that a reader has read stays as it was: %#', (text, size, hash) => {
  const matrix = qrMatrix(text);
  expect(matrix).toHaveLength(size);
  expect(hashOf(matrix)).toBe(hash);
});

test('each version is used up to its last byte', () => {
  const sizeOf = (bytes: number) => (qrMatrix('x'.repeat(bytes)).length - 17) / 4;
  // ISO/IEC 18004 table 7, level M, byte mode.
  expect([14, 15, 26, 27, 42, 43, 180, 181, 213, 214, 666].map(sizeOf)).toEqual([1, 2, 2, 3, 3, 4, 9, 10, 10, 11, 20]);
  expect(() => qrMatrix('x'.repeat(667))).toThrow(RangeError);
});
