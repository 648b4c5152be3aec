import type { FormDue, SpecialPeriod } from './form.ts';
import { type CycleKind, kindOf } from './period.ts';

const part = /^((0[1-9]|1[0-2])(-H[12])?|W(0[1-9]|[1-4]\d|5[0-3])|Q[1-4])$/;
const isPart = (kind: CycleKind, text: string): boolean => part.test(text) && kindOf(`2021-${text}`) === kind;

export interface SpecialText {
  /** Periods in which nobody files: '01, 07'. */
  exempt: string;
  /** Periods that are filed together, in the later one: '01+02'. */
  combined: string;
  /** The day after the end of the combined period on which it is due. */
  dueDay: number;
}

const split = (text: string): string[] => text.split(/[,，、\s]+/).filter((one) => one !== '');

/**
 * Special periods as a person writes them; null when the writing is wrong. Of a combination the earlier periods are exempt
 * and the last one covers all: “1–2月合计，3月8日前” is 01+02 with day 8 (city-systems.md §4.4).
 */
export function specialFrom(
  kind: CycleKind,
  { exempt, combined, dueDay }: SpecialText,
  due: FormDue,
): SpecialPeriod[] | null {
  const free = split(exempt);
  const joined = split(combined).map((one) => one.split('+').sort());
  if (![...free, ...joined.flat()].every((one) => isPart(kind, one)) || joined.some((parts) => parts.length < 2))
    return null;
  const plain = free.map((on): SpecialPeriod => ({ on, exempt: '免报', covers: [], due: null }));
  const together = joined.flatMap((parts) => {
    const last = parts.at(-1)!;
    const rule: FormDue = {
      ...due,
      from: 'end',
      code: 'combined',
      unit: 'CALENDAR',
      n: dueDay,
      roll: 'NONE',
      basis: '合并报告期：期后固定日期，不顺延',
    };
    return [
      ...parts
        .slice(0, -1)
        .map((on): SpecialPeriod => ({ on, exempt: `并入 ${last} 合并填报`, covers: [], due: null })),
      { on: last, exempt: null, covers: parts, due: rule },
    ];
  });
  const all = [...plain, ...together];
  return new Set(all.map((s) => s.on)).size === all.length ? all : null;
}

/** The other way round, for the form's fields. */
export function specialText(special: readonly SpecialPeriod[]): SpecialText {
  const joined = special.filter((s) => s.covers.length > 1);
  const within = new Set(joined.flatMap((s) => s.covers));
  return {
    exempt: special
      .filter((s) => s.exempt !== null && !within.has(s.on))
      .map((s) => s.on)
      .join(', '),
    combined: joined.map((s) => s.covers.join('+')).join(', '),
    dueDay: joined[0]?.due?.n ?? 8,
  };
}
