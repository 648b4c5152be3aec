import { defineFlow } from '#core/shared/flow.ts';

export const filingStates = ['opened', 'draft', 'submitted', 'returned', 'accepted', 'exempt'] as const;
export type FilingState = (typeof filingStates)[number];

export const filingEvents = ['save', 'submit', 'withdraw', 'return', 'accept', 'correct'] as const;
export type FilingEvent = (typeof filingEvents)[number];

/**
 * The states of one filing (city-systems.md §4.7). A returned filing stays `returned` while it is mended, so that the
 * reason and the marked cells stay in sight. `correct` reopens an accepted filing; the accepted version goes on counting
 * until a new one is accepted. Nothing leads out of `exempt`: a project that need not file this month has no form.
 */
export const filingFlow = defineFlow<FilingState, FilingEvent>({
  opened: { save: 'draft', submit: 'submitted' },
  draft: { save: 'draft', submit: 'submitted' },
  submitted: { withdraw: 'draft', return: 'returned', accept: 'accepted' },
  returned: { save: 'returned', submit: 'submitted' },
  accepted: { correct: 'returned' },
  exempt: {},
});

/** The permission each event needs; the buttons and the server's guard read the same line. */
export const eventPermission: Record<FilingEvent, string> = {
  save: 'filings.file',
  submit: 'filings.file',
  withdraw: 'filings.file',
  return: 'filings.review',
  accept: 'filings.accept',
  correct: 'filings.correct',
};
