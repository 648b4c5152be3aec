export const keys = {
  all: ['enrolment'] as const,
  one: (projectId: string) => ['enrolment', 'one', projectId] as const,
  overview: ['enrolment', 'overview'] as const,
  gaps: (period: string | null) => ['enrolment', 'gaps', period] as const,
  rules: ['enrolment', 'rules'] as const,
};
