/** Query keys: everything under `all` is read again when a permit changes anywhere. */
export const keys = {
  all: ['permits'] as const,
  plan: (projectId: string) => ['permits', 'plan', projectId] as const,
  history: (projectId: string) => ['permits', 'history', projectId] as const,
  templates: ['permits', 'templates'] as const,
  owners: ['permits', 'owners'] as const,
};
export const topics = ['permits.*'];
