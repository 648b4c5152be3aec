/** Query keys of one matter; everything under `all` is read again when a matter changes anywhere. */
export const matterKeys = {
  all: ['ledger'] as const,
  one: (id: string) => ['ledger', 'matter', id] as const,
  project: (id: string) => ['ledger', 'project', id] as const,
  find: ['ledger', 'find', ''] as const,
  templates: ['ledger', 'templates'] as const,
  due: (start: string, span: object) => ['ledger', 'due', start, span] as const,
};
export const matterTopics = ['ledger.*'];
