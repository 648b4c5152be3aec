import type { Day } from '#core/shared/day.ts';

/** From and to, both days included; `validTo` null is open. Days compare as text, because YYYY-MM-DD sorts as time does. */
export interface Validity {
  validFrom: Day;
  validTo: Day | null;
}

export type ValidityState = 'valid' | 'ended' | 'planned';

export function validityOn(day: Day, { validFrom, validTo }: Validity): ValidityState {
  if (day < validFrom) return 'planned';
  return validTo !== null && validTo < day ? 'ended' : 'valid';
}

export const isValidOn = (day: Day, validity: Validity): boolean => validityOn(day, validity) === 'valid';

/** True when there is a day on which both are valid. */
export const overlap = (a: Validity, b: Validity): boolean =>
  (b.validTo === null || a.validFrom <= b.validTo) && (a.validTo === null || b.validFrom <= a.validTo);

/** A validity that ends before it begins is true on no day: mostly two dates in the wrong boxes. */
export const isOrdered = ({ validFrom, validTo }: Validity): boolean => validTo === null || validFrom <= validTo;
