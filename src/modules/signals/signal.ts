import { type Day, daysBetween, shanghaiDay } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { distanceMetres } from './photo.ts';
import type { Thresholds } from './thresholds.ts';

export const signalCodes = [
  'flatImage',
  'linearAmounts',
  'roundAmounts',
  'paidFarBelow',
  'quarterEndJump',
  'photoOld',
  'photoReused',
  'photoFar',
  'noVisit',
] as const;
export type SignalCode = (typeof signalCodes)[number];

export const signalWords: Record<SignalCode, Words> = {
  flatImage: { zh: '投资在走，形象进度没变', en: 'Money moves, the site does not' },
  linearAmounts: { zh: '各月金额完全相同', en: 'The same amount every month' },
  roundAmounts: { zh: '各月金额都是整数', en: 'Round amounts' },
  paidFarBelow: { zh: '支付远低于上报投资', en: 'Paid far below what is reported' },
  quarterEndJump: { zh: '季末突增', en: 'A jump at the end of a quarter' },
  photoOld: { zh: '照片早于填报期', en: 'Photo older than its period' },
  photoReused: { zh: '照片重复使用', en: 'Photo used before' },
  photoFar: { zh: '照片不在工地', en: 'Photo taken elsewhere' },
  noVisit: { zh: '久无现场照片', en: 'No picture from the site for long' },
};

export interface MonthFacts {
  period: string;
  monthYuan: number;
  imageProgress: string | null;
}
export interface PhotoFacts {
  fileId: string;
  period: string;
  takenAt: Date | null;
  lat: number | null;
  lon: number | null;
  /** 64 bits as 16 hexadecimal digits; null while not worked out, or for a file that is no picture. */
  hash: string | null;
  /** Other uses of the same or a look-alike picture, in this project or another within the city. */
  others: readonly { projectId: string; projectName: string; period: string; bits: number }[];
}

/** One project as the signals see it. Whole yuan; months of accepted filings, oldest first, without gaps filled in. */
export interface SignalFacts {
  projectId: string;
  isBuilding: boolean;
  /** WGS-84; null: the site is not on the map, so distances say nothing. */
  site: { lat: number; lon: number } | null;
  months: readonly MonthFacts[];
  /** Of the year of `today`. Null: payments are not entered, which is no sign of anything. */
  paidYuan: number | null;
  doneYuan: number | null;
  photos: readonly PhotoFacts[];
  startedOn: Day | null;
}

/** What speaks, about which period, and the figures that make it arguable. Never a verdict: it asks for an explanation. */
export interface Signal {
  code: SignalCode;
  /** A project has one finding for each code and subject at a time: a period, or the file of a photo. */
  subject: string;
  period: string | null;
  sentence: Words;
  figures: Record<string, string | number>;
}

const wan = (yuan: number): string => (yuan / 10_000).toLocaleString('en-US', { maximumFractionDigits: 2 });
const next = (period: string): string => {
  const [year, month] = period.split('-').map(Number) as [number, number];
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
};
const isRun = (months: readonly MonthFacts[]): boolean =>
  months.every((m, i) => i === 0 || next(months[i - 1]!.period) === m.period);
/** 主体施工至 5 层。 and 主体施工至5层 say the same. */
const plain = (text: string | null): string =>
  (text ?? '').normalize('NFKC').replace(/[\s，。、；：,.;:！!（）()“”"]/g, '');

/** 投资在走，形象进度没变: the same words about the site while every one of those months brought money. */
export function flatImage({ months }: SignalFacts, t: Thresholds): Signal[] {
  const run = months.slice(-(t.flatMonths + 1));
  const last = run.at(-1);
  if (run.length <= t.flatMonths || !last || !isRun(run) || plain(last.imageProgress) === '') return [];
  const isFlat = run.every((m) => plain(m.imageProgress) === plain(last.imageProgress));
  const paid = run.slice(1);
  if (!isFlat || paid.some((m) => m.monthYuan < t.flatMonthYuan)) return [];
  const sum = paid.reduce((n, m) => n + m.monthYuan, 0);
  return [
    {
      code: 'flatImage',
      subject: last.period,
      period: last.period,
      sentence: {
        zh: `${paid[0]!.period} 至 ${last.period} 报投资 ${wan(sum)} 万元，形象进度仍是“${last.imageProgress}”`,
        en: `${wan(sum)} ten thousand yuan reported from ${paid[0]!.period} to ${last.period}; the site is still described as “${last.imageProgress}”`,
      },
      figures: { months: paid.length, yuan: sum, least: t.flatMonthYuan },
    },
  ];
}

/** 各月金额完全相同: an annual plan cut into twelve is not what was built. */
export function linearAmounts({ months }: SignalFacts, t: Thresholds): Signal[] {
  const last = months.at(-1);
  if (!last || last.monthYuan === 0) return [];
  let count = 0;
  for (let i = months.length - 1; i >= 0 && months[i]!.monthYuan === last.monthYuan; i--) {
    if (i < months.length - 1 && next(months[i]!.period) !== months[i + 1]!.period) break;
    count++;
  }
  if (count < t.linearMonths) return [];
  return [
    {
      code: 'linearAmounts',
      subject: last.period,
      period: last.period,
      sentence: {
        zh: `截至 ${last.period} 连续 ${count} 个月都报 ${wan(last.monthYuan)} 万元`,
        en: `${wan(last.monthYuan)} ten thousand yuan in each of ${count} months up to ${last.period}`,
      },
      figures: { months: count, yuan: last.monthYuan },
    },
  ];
}

export function roundAmounts({ months }: SignalFacts, t: Thresholds): Signal[] {
  const recent = months.slice(-6).filter((m) => m.monthYuan > 0);
  const round = recent.filter((m) => m.monthYuan % t.roundToYuan === 0);
  const last = recent.at(-1);
  if (!last || round.length < t.roundMonths) return [];
  return [
    {
      code: 'roundAmounts',
      subject: last.period,
      period: last.period,
      sentence: {
        zh: `近 ${recent.length} 个月有 ${round.length} 个月的金额是 ${wan(t.roundToYuan)} 万元的整数倍`,
        en: `${round.length} of the last ${recent.length} months are whole multiples of ${wan(t.roundToYuan)} ten thousand yuan`,
      },
      figures: { months: round.length, of: recent.length, to: t.roundToYuan },
    },
  ];
}

export function paidFarBelow({ paidYuan, doneYuan, months }: SignalFacts, t: Thresholds): Signal[] {
  const last = months.at(-1);
  if (paidYuan === null || doneYuan === null || !last || doneYuan < t.paidFromYuan) return [];
  if (BigInt(paidYuan) * 100n >= BigInt(doneYuan) * BigInt(t.paidPercent)) return [];
  const share = ((paidYuan / doneYuan) * 100).toFixed(1);
  return [
    {
      code: 'paidFarBelow',
      subject: last.period.slice(0, 4),
      period: last.period,
      sentence: {
        zh: `本年上报完成 ${wan(doneYuan)} 万元，支付 ${wan(paidYuan)} 万元，占 ${share}%`,
        en: `${wan(doneYuan)} ten thousand yuan reported this year, ${wan(paidYuan)} paid: ${share}%`,
      },
      figures: { paidYuan, doneYuan, least: t.paidPercent },
    },
  ];
}

export function quarterEndJump({ months }: SignalFacts, t: Thresholds): Signal[] {
  const last = months.at(-1);
  const run = months.slice(-3);
  if (!last || run.length < 3 || !isRun(run) || Number(last.period.slice(5)) % 3 !== 0) return [];
  const before = run[0]!.monthYuan + run[1]!.monthYuan;
  // Twice the last month against the sum of the two before is the last against their average.
  if (before <= 0 || last.monthYuan * 2 < before * t.jumpTimes) return [];
  const times = ((last.monthYuan * 2) / before).toFixed(1);
  return [
    {
      code: 'quarterEndJump',
      subject: last.period,
      period: last.period,
      sentence: {
        zh: `${last.period} 报 ${wan(last.monthYuan)} 万元，是前两个月平均 ${wan(before / 2)} 万元的 ${times} 倍`,
        en: `${wan(last.monthYuan)} ten thousand yuan in ${last.period}, ${times} times the average of the two months before`,
      },
      figures: { yuan: last.monthYuan, average: before / 2, times: t.jumpTimes },
    },
  ];
}

/** The first day of a period of any rhythm: 2021-09, 2021-W39, 2021-09-H2, 2021-Q3. */
export function firstDayOf(period: string): Day {
  const year = Number(period.slice(0, 4));
  const week = /W(\d\d)$/.exec(period);
  if (week) {
    // ISO 8601: week 1 holds 4 January.
    const fourth = Date.UTC(year, 0, 4);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
    return new Date(monday + (Number(week[1]) - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
  }
  const quarter = /Q([1-4])$/.exec(period);
  if (quarter) return `${year}-${String(Number(quarter[1]) * 3 - 2).padStart(2, '0')}-01`;
  return `${period.slice(0, 7)}-${period.endsWith('H2') ? '16' : '01'}`;
}

export function photoOld({ photos }: SignalFacts, t: Thresholds): Signal[] {
  return photos.flatMap((photo) => {
    if (photo.takenAt === null) return [];
    const taken = shanghaiDay(photo.takenAt);
    const days = daysBetween(taken, firstDayOf(photo.period));
    if (days <= t.photoOldDays) return [];
    return [
      {
        code: 'photoOld' as const,
        subject: `${photo.period} ${photo.fileId}`,
        period: photo.period,
        sentence: {
          zh: `${photo.period} 的照片摄于 ${taken}，比填报期早 ${days} 天`,
          en: `A photo of ${photo.period} was taken on ${taken}, ${days} days before the period`,
        },
        figures: { days, least: t.photoOldDays, fileId: photo.fileId },
      },
    ];
  });
}

/** The same file or a look-alike in another period or project. Within one month a photo may serve week and month. */
export function photoReused({ projectId, photos }: SignalFacts, t: Thresholds): Signal[] {
  return photos.flatMap((photo) => {
    const other = photo.others.find(
      (o) => o.bits <= t.photoBits && (o.projectId !== projectId || !servesTheSameTime(o.period, photo.period)),
    );
    if (!other) return [];
    const isSame = other.bits === 0;
    const where = other.projectId === projectId ? other.period : `${other.projectName} ${other.period}`;
    return [
      {
        code: 'photoReused' as const,
        subject: `${photo.period} ${photo.fileId}`,
        period: photo.period,
        sentence: {
          zh: `${photo.period} 的照片与 ${where} 的${isSame ? '照片相同' : `照片相似（差 ${other.bits} 位）`}`,
          en: `A photo of ${photo.period} is ${isSame ? 'the same as' : `like (${other.bits} bits apart)`} one of ${where}`,
        },
        figures: { bits: other.bits, most: t.photoBits, fileId: photo.fileId },
      },
    ];
  });
}

/** One photo serves week, half month, month and quarter: periods that share a day are one time. */
function servesTheSameTime(a: string, b: string): boolean {
  return firstDayOf(a) <= lastDayOf(b) && firstDayOf(b) <= lastDayOf(a);
}
function lastDayOf(period: string): Day {
  const first = firstDayOf(period);
  const day = (offset: number) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
  if (period.includes('W')) return day(6);
  if (period.endsWith('H1')) return day(14);
  const months = period.includes('Q') ? 3 : 1;
  return new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1 + months, 0))
    .toISOString()
    .slice(0, 10);
}

export function photoFar({ site, photos }: SignalFacts, t: Thresholds): Signal[] {
  if (site === null) return [];
  return photos.flatMap((photo) => {
    if (photo.lat === null || photo.lon === null) return [];
    const metres = Math.round(distanceMetres(site, { lat: photo.lat, lon: photo.lon }));
    if (metres <= t.photoFarMetres) return [];
    const km = (metres / 1000).toFixed(1);
    return [
      {
        code: 'photoFar' as const,
        subject: `${photo.period} ${photo.fileId}`,
        period: photo.period,
        sentence: {
          zh: `${photo.period} 的照片摄于离登记工地 ${km} 公里处`,
          en: `A photo of ${photo.period} was taken ${km} km from the registered site`,
        },
        figures: { metres, most: t.photoFarMetres, fileId: photo.fileId },
      },
    ];
  });
}

/** A project that builds without a picture from its site. A picture without a place counts: doubt is for photoFar. */
export function noVisit(facts: SignalFacts, today: Day, t: Thresholds): Signal[] {
  if (!facts.isBuilding || facts.startedOn === null) return [];
  const seen = facts.photos.flatMap((p) => {
    if (p.takenAt === null) return [];
    const isFar =
      facts.site !== null &&
      p.lat !== null &&
      p.lon !== null &&
      distanceMetres(facts.site, { lat: p.lat, lon: p.lon }) > t.photoFarMetres;
    return isFar ? [] : [shanghaiDay(p.takenAt)];
  });
  const last = seen.sort().at(-1) ?? null;
  const days = daysBetween(last !== null && last > facts.startedOn ? last : facts.startedOn, today);
  if (days <= t.visitWeeks * 7) return [];
  const weeks = Math.floor(days / 7);
  return [
    {
      code: 'noVisit',
      subject: 'site',
      period: null,
      sentence: last
        ? {
            zh: `最近一张现场照片摄于 ${last}，已 ${weeks} 周`,
            en: `The last picture from the site is of ${last}: ${weeks} weeks ago`,
          }
        : {
            zh: `开工 ${weeks} 周以来没有现场照片`,
            en: `No picture from the site in the ${weeks} weeks since the start`,
          },
      figures: { weeks, most: t.visitWeeks },
    },
  ];
}

/** Everything that speaks about one project. Order as a reader wants it: money first, then pictures. */
export const signalsOf = (facts: SignalFacts, today: Day, t: Thresholds): Signal[] => [
  ...flatImage(facts, t),
  ...linearAmounts(facts, t),
  ...roundAmounts(facts, t),
  ...paidFarBelow(facts, t),
  ...quarterEndJump(facts, t),
  ...photoOld(facts, t),
  ...photoReused(facts, t),
  ...photoFar(facts, t),
  ...noVisit(facts, today, t),
];
