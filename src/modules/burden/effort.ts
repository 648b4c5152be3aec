/** What a field of a form costs the person who fills it in. */
export const effortSeconds = {
  number: 20,
  text: 60,
  choice: 8,
  date: 12,
  photo: 40,
} as const;
export type FieldEffort = keyof typeof effortSeconds;

/** Opening a form, finding one's project and sending it, whatever the form asks. */
export const openingSeconds = 45;

/** Fields of the filings by what they cost; a field that is not known costs as much as a text. */
const effortOf: Record<string, FieldEffort> = {
  monthYuan: 'number',
  cumulativeYuan: 'number',
  cause: 'choice',
  imageProgress: 'text',
  milestones: 'date',
  problems: 'text',
  nextSteps: 'text',
  photos: 'photo',
  startedOn: 'date',
  note: 'text',
};

/**
 * Estimated seconds for one form with these fields. An estimate from fixed costs, ours and not measured: the platform does
 * not watch people work. It makes forms comparable, not minutes true.
 */
export const secondsOf = (fields: readonly string[]): number =>
  openingSeconds + fields.reduce((sum, field) => sum + effortSeconds[effortOf[field] ?? 'text'], 0);

export const secondsOfRequest = (kinds: readonly FieldEffort[]): number =>
  openingSeconds + kinds.reduce((sum, kind) => sum + effortSeconds[kind], 0);

/** Whole minutes, rounded up: nobody is asked for less than a minute. */
export const minutesOf = (seconds: number): number => Math.ceil(seconds / 60);
