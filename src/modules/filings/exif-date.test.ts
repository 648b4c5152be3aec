import sharp from 'sharp';
import { expect, test } from 'vitest';
import { takenAtOf } from './exif-date.ts';

const picture = async (exif: Record<string, string> | null): Promise<Uint8Array> => {
  const plain = sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } }).jpeg();
  return new Uint8Array(await (exif ? plain.withExif({ IFD2: exif }) : plain).toBuffer());
};

test('the camera’s own time is read, in its zone or else in that of China', async () => {
  expect(takenAtOf(await picture({ DateTimeOriginal: '2021:08:30 09:40:12' }))).toBe('2021-08-30T09:40:12+08:00');
  const abroad = await picture({ DateTimeOriginal: '2021:08:30 09:40:12', OffsetTimeOriginal: '+09:00' });
  expect(takenAtOf(abroad)).toBe('2021-08-30T09:40:12+09:00');
});

test('a picture that does not say is not guessed at', async () => {
  expect(takenAtOf(await picture(null))).toBeNull();
  expect(takenAtOf(await picture({ DateTimeOriginal: '0000:00:00 00:00:00' }))).toBeNull();
  expect(takenAtOf(new TextEncoder().encode('not a picture at all'))).toBeNull();
  expect(takenAtOf(new Uint8Array())).toBeNull();
});

test('a picture cut off anywhere is no error', async () => {
  const whole = await picture({ DateTimeOriginal: '2021:08:30 09:40:12' });
  for (let size = 0; size < whole.length; size += 1) expect(() => takenAtOf(whole.slice(0, size))).not.toThrow();
});
