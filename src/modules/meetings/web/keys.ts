/** Query keys: everything under `all` is read again when a meeting or a matter of its decisions changes. */
export const keys = {
  all: ['meetings'] as const,
  list: ['meetings', 'list'] as const,
  one: (id: string) => ['meetings', 'one', id] as const,
  code: (id: string) => ['meetings', 'code', id] as const,
  candidates: (id: string) => ['meetings', 'candidates', id] as const,
  observation: (id: string) => ['meetings', 'observation', id] as const,
};
export const topics = ['meetings.*'];
