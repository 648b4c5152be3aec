import { defineFlow } from '#core/shared/flow.ts';

export const filingStates = [
  'opened',
  'draft',
  'checked',
  'submitted',
  'returned',
  'accepted',
  'frozen',
  'exempt',
] as const;
export type FilingState = (typeof filingStates)[number];

export const filingEvents = [
  'save',
  'check',
  'submit',
  'withdraw',
  'return',
  'pass',
  'accept',
  'correct',
  'freeze',
] as const;
export type FilingEvent = (typeof filingEvents)[number];

/**
 * The states of one filing (city-systems.md §4.7). `check` says that the draft meets every rule and only waits to be sent.
 * A submitted filing waits at one level of review after the other: `pass` hands it up, `accept` ends it; which of the two
 * a reviewer's yes is, levels.ts decides. A returned filing stays `returned` while it is mended, so that the reason and
 * the marked cells stay in sight. `correct` reopens what was accepted; the accepted version goes on counting until a new
 * one is. Nothing leads out of `exempt`: a project that need not file in this period has no form.
 */
export const filingFlow = defineFlow<FilingState, FilingEvent>({
  opened: { save: 'draft', check: 'checked', submit: 'submitted' },
  draft: { save: 'draft', check: 'checked', submit: 'submitted' },
  checked: { save: 'draft', check: 'checked', submit: 'submitted' },
  submitted: { withdraw: 'draft', return: 'returned', pass: 'submitted', accept: 'accepted' },
  returned: { save: 'returned', check: 'checked', submit: 'submitted' },
  accepted: { correct: 'returned', freeze: 'frozen' },
  frozen: { correct: 'returned' },
  exempt: {},
});

/** The permission each event needs; the buttons and the server's guard read the same line. */
export const eventPermission: Record<FilingEvent, string> = {
  save: 'filings.file',
  check: 'filings.file',
  submit: 'filings.file',
  withdraw: 'filings.file',
  return: 'filings.review',
  pass: 'filings.review',
  accept: 'filings.accept',
  correct: 'filings.correct',
  freeze: 'filings.freeze',
};

/** Filed: nothing is asked of the filer now. */
export const isFiled = (state: FilingState): boolean =>
  state === 'submitted' || state === 'accepted' || state === 'frozen' || state === 'exempt';
