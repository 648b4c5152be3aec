/**
 * The product's clock. A demonstration sets the day (GUATU_TODAY) so that its screens show a living month;
 * the time of day always stays the real one.
 */
export interface Clock {
  now(): Date;
  /** The civil day in Asia/Shanghai, YYYY-MM-DD. */
  today(): string;
  isDemo: boolean;
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function clockOf(today?: string): Clock {
  if (today === undefined) {
    return { now: () => new Date(), today: () => shanghai.format(new Date()), isDemo: false };
  }
  // The shift is fixed at the start, so a demonstration that runs past midnight moves on to the next day.
  const shift = Date.parse(`${today}T00:00:00Z`) - Date.parse(`${shanghai.format(new Date())}T00:00:00Z`);
  const now = () => new Date(Date.now() + shift);
  return { now, today: () => shanghai.format(now()), isDemo: true };
}
