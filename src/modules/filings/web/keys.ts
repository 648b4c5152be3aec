/** Cache keys of this module. `all` is what a live hint invalidates. */
export const keys = {
  all: ['filings'] as const,
  lists: ['filings', 'list'] as const,
  mine: (period?: string) => ['filings', 'list', 'mine', period ?? 'newest'] as const,
  mineOpen: ['filings', 'list', 'mine', 'open'] as const,
  review: (period: string | undefined, tab: string) => ['filings', 'list', 'review', period ?? 'newest', tab] as const,
  cycles: ['filings', 'list', 'cycles'] as const,
  cyclesOf: (kind: string) => ['filings', 'list', 'cycles', kind] as const,
  board: (kind: string, period: string | undefined, by: string) =>
    ['filings', 'list', 'board', kind, period ?? 'newest', by] as const,
  names: (period: string, by: string, state: string, unitId: string | undefined) =>
    ['filings', 'list', 'names', period, by, state, unitId ?? 'all'] as const,
  forms: ['filings', 'forms'] as const,
  newestCycle: ['filings', 'list', 'cycles', 'newest'] as const,
  of: (projectId: string, period: string) => ['filings', 'of', projectId, period] as const,
  one: (id: string) => ['filings', 'one', id] as const,
  /** What is on this device and not on the server. */
  device: ['filings', 'device'] as const,
  history: (projectId: string) => ['filings', 'history', projectId] as const,
};
