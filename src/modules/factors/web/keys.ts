/** Query keys: everything under `all` is read again when a factor changes anywhere. */
export const keys = {
  all: ['factors'] as const,
  project: (id: string) => ['factors', 'project', id] as const,
  history: (id: string) => ['factors', 'history', id] as const,
  coverage: ['factors', 'coverage'] as const,
  pools: (year: number) => ['factors', 'pools', year] as const,
  table: (query: object) => ['factors', 'table', query] as const,
  promises: ['factors', 'promises'] as const,
};
export const topics = ['factors.*'];
