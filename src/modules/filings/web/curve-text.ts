import type { Text } from '#core/web/text.ts';

export const zh = {
  label: (year: number) => `${year} 年累计投资：计划、时序与实际`,
  plan: '年度计划',
  clock: '时序',
  actual: '实际',
  today: (day: string) => `今天 ${day}`,
  month: (n: number) => `${n}月`,
} as const;

export const en = {
  label: (year) => `Cumulative investment ${year}: plan, clock and actual`,
  plan: 'Plan',
  clock: 'Clock',
  actual: 'Actual',
  today: (day) => `today ${day}`,
  month: (n) => String(n),
} satisfies Text<typeof zh>;
