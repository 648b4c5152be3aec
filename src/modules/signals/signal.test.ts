import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  bandsOf,
  differenceHash,
  hammingBits,
  hashHeight,
  hashWidth,
  saysSomething,
} from '#core/shared/picture-hash.ts';
import { distanceMetres } from './photo.ts';
import { firstDayOf, type MonthFacts, type PhotoFacts, type SignalFacts, signalsOf } from './signal.ts';
import { shippedThresholds as t } from './thresholds.ts';

const today = '2021-09-26';
const month = (period: string, yuan: number, imageProgress: string | null = null): MonthFacts => ({
  period,
  monthYuan: yuan,
  imageProgress: imageProgress ?? `${period} 施工至 ${period.slice(5)} 层`,
});
const site = { lat: 29.37, lon: 113.13 };
const photo = (rest: Partial<PhotoFacts>): PhotoFacts => ({
  fileId: 'a'.repeat(64),
  period: '2021-09',
  takenAt: new Date('2021-09-20T02:00:00Z'),
  lat: site.lat,
  lon: site.lon,
  hash: null,
  others: [],
  ...rest,
});
/** An honest project: uneven amounts, words that move, a picture of this month at its site. */
const honest: SignalFacts = {
  projectId: 'p',
  isBuilding: true,
  site,
  startedOn: '2021-01-10',
  months: [month('2021-06', 8_130_000), month('2021-07', 11_420_000), month('2021-08', 9_770_000)],
  paidYuan: 25_000_000,
  doneYuan: 29_320_000,
  photos: [photo({})],
};
const codes = (facts: Partial<SignalFacts>) => signalsOf({ ...honest, ...facts }, today, t).map((s) => s.code);

test('an honest project says nothing', () => expect(codes({})).toEqual([]));

describe('money', () => {
  test('money moves and the words about the site do not, but for punctuation', () => {
    const flat = [
      month('2021-06', 8_000_001, '主体施工至 5 层。'),
      month('2021-07', 9_000_001, '主体施工至5层'),
      month('2021-08', 7_000_001, '主体施工至5层'),
    ];
    const [signal] = signalsOf({ ...honest, months: flat }, today, t);
    expect(signal).toMatchObject({ code: 'flatImage', figures: { months: 2, yuan: 16_000_002 } });
    expect(signal!.sentence.zh).toContain('主体施工至5层');
    expect(codes({ months: flat.map((m) => ({ ...m, monthYuan: 300_000 })) })).not.toContain('flatImage');
    expect(codes({ months: flat.map((m) => ({ ...m, imageProgress: '' })) })).not.toContain('flatImage');
  });
  test('four months of the same amount, in a row', () => {
    const same = ['2021-05', '2021-06', '2021-07', '2021-08'].map((p) => month(p, 8_333_333));
    expect(codes({ months: same })).toEqual(['linearAmounts']);
    expect(codes({ months: same.slice(1) })).toEqual([]);
    expect(codes({ months: [month('2021-03', 8_333_333), ...same.slice(1)] })).toEqual([]);
    expect(codes({ months: same.map((m) => ({ ...m, monthYuan: 0 })) })).toEqual([]);
  });
  test('five round months of six', () => {
    const round = [1, 2, 3, 4, 5].map((n) => month(`2021-0${n + 2}`, n * 10_000_000));
    expect(codes({ months: [...round, month('2021-08', 12_345_678)] })).toContain('roundAmounts');
    expect(codes({ months: [...round.slice(1), month('2021-08', 12_345_678)] })).not.toContain('roundAmounts');
  });
  test('paid is compared only where payments are entered and enough is reported', () => {
    expect(codes({ paidYuan: 14_999_999, doneYuan: 50_000_000 })).toEqual(['paidFarBelow']);
    expect(codes({ paidYuan: 15_000_000, doneYuan: 50_000_000 })).toEqual([]);
    expect(codes({ paidYuan: null, doneYuan: 50_000_000 })).toEqual([]);
    expect(codes({ paidYuan: 0, doneYuan: 49_999_999 })).toEqual([]);
  });
  test('a jump at the end of a quarter, not in its middle', () => {
    const jump = (periods: string[]) =>
      codes({ months: periods.map((p, i) => month(p, i === 2 ? 30_000_001 : 10_000_001)) });
    expect(jump(['2021-04', '2021-05', '2021-06'])).toEqual([]);
    expect(
      codes({ months: ['2021-04', '2021-05', '2021-06'].map((p, i) => month(p, i === 2 ? 30_000_003 : 10_000_001)) }),
    ).toEqual(['quarterEndJump']);
    expect(
      codes({ months: ['2021-06', '2021-07', '2021-08'].map((p, i) => month(p, i === 2 ? 50_000_003 : 10_000_001)) }),
    ).toEqual([]);
  });
});

describe('pictures', () => {
  test('older than the period by more than a week', () => {
    expect(codes({ photos: [photo({ takenAt: new Date('2021-08-25T02:00:00Z') })] })).toEqual([]);
    expect(codes({ photos: [photo({ takenAt: new Date('2021-08-24T02:00:00Z') })] })).toEqual(['photoOld']);
    expect(codes({ photos: [photo({}), photo({ takenAt: null })] })).toEqual([]);
  });
  test('one photo serves week and month; another month or another project does not', () => {
    const used = (projectId: string, period: string, bits = 0) =>
      codes({ photos: [photo({ others: [{ projectId, projectName: '乙', period, bits }] })] });
    expect(used('p', '2021-W38')).toEqual([]);
    expect(used('p', '2021-Q3')).toEqual([]);
    expect(used('p', '2021-08')).toEqual(['photoReused']);
    expect(used('q', '2021-09')).toEqual(['photoReused']);
    expect(used('p', '2021-08', 4)).toEqual(['photoReused']);
    expect(used('p', '2021-08', 5)).toEqual([]);
  });
  test('taken more than two kilometres away, when both places are known', () => {
    expect(codes({ photos: [photo({ lat: site.lat + 0.02 }), photo({})] })).toEqual(['photoFar']);
    expect(codes({ photos: [photo({ lat: site.lat + 0.01 })] })).toEqual([]);
    expect(codes({ site: null, photos: [photo({ lat: 0 })] })).toEqual([]);
    expect(codes({ photos: [photo({ lat: null, lon: null })] })).toEqual([]);
  });
  test('eight weeks without a picture from the site of a project that builds', () => {
    expect(codes({ photos: [] })).toEqual(['noVisit']);
    expect(codes({ photos: [], isBuilding: false })).toEqual([]);
    expect(codes({ photos: [], startedOn: '2021-09-01' })).toEqual([]);
    expect(codes({ photos: [photo({ period: '2021-07', takenAt: new Date('2021-07-31T02:00:00Z') })] })).toEqual([
      'noVisit',
    ]);
    expect(codes({ photos: [photo({ period: '2021-08', takenAt: new Date('2021-08-02T02:00:00Z') })] })).toEqual([]);
  });
  test('the first day of every rhythm', () => {
    expect(['2021-09', '2021-W01', '2021-W39', '2020-W53', '2021-09-H2', '2021-Q3'].map(firstDayOf)).toEqual([
      '2021-09-01',
      '2021-01-04',
      '2021-09-27',
      '2020-12-28',
      '2021-09-16',
      '2021-07-01',
    ]);
  });
});

describe('the hash of a picture', () => {
  /** A made landscape: bands and blocks, so that there are edges. */
  const draw = (seed: number) =>
    sharp(
      Buffer.from(
        `<svg width="640" height="480"><rect width="640" height="480" fill="#9bd"/>${Array.from(
          { length: 14 },
          (_, i) => {
            const n = (seed * 31 + i * 17) % 97;
            return `<rect x="${(n * 61) % 600}" y="${(n * 37) % 440}" width="${60 + ((n * 13) % 160)}" height="${40 + ((n * 7) % 140)}" fill="rgb(${(n * 5) % 256},${(n * 11) % 256},${(n * 23) % 256})"/>`;
          },
        ).join('')}</svg>`,
      ),
    );
  const hashOf = async (image: Sharp) =>
    differenceHash(
      new Uint8Array(await image.greyscale().resize(hashWidth, hashHeight, { fit: 'fill' }).raw().toBuffer()),
    );

  test('stays within four bits when the picture is made smaller and stored worse', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const first = await hashOf(draw(seed));
      const again = await hashOf(sharp(await draw(seed).resize(320, 240).jpeg({ quality: 55 }).toBuffer()));
      expect(hammingBits(first, again), `picture ${seed}`).toBeLessThanOrEqual(4);
      expect(saysSomething(first)).toBe(true);
    }
  });
  test('is far away for another picture, and says nothing for a white page', async () => {
    expect(hammingBits(await hashOf(draw(1)), await hashOf(draw(2)))).toBeGreaterThan(6);
    expect(saysSomething(differenceHash(new Uint8Array(hashWidth * hashHeight).fill(255)))).toBe(false);
  });
  test('two hashes of at most seven bits apart share a byte', () => {
    const hash = fc.bigInt(0n, (1n << 64n) - 1n);
    fc.assert(
      fc.property(hash, fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 7 }), (value, bits) => {
        const a = value.toString(16).padStart(16, '0');
        const b = bits
          .reduce((n, bit) => n ^ (1n << BigInt(bit)), value)
          .toString(16)
          .padStart(16, '0');
        expect(hammingBits(a, b)).toBe(bits.length);
        expect(bandsOf(a).some((band, i) => band === bandsOf(b)[i])).toBe(true);
      }),
    );
  });
  test('a kilometre is a kilometre', () => {
    expect(distanceMetres({ lat: 29.37, lon: 113.13 }, { lat: 29.379, lon: 113.13 })).toBeCloseTo(1000.8, 0);
    expect(distanceMetres(site, site)).toBe(0);
  });
});
