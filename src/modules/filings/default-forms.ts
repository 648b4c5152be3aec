import { filingFields } from './content.ts';
import type { Form, FormDue } from './form.ts';
import { levels } from './levels.ts';
import type { CycleKind } from './period.ts';

/** Deadline rules a form may choose from; its own `n`, roll and time may be changed. */
export const dueRules: readonly (FormDue & { kind: CycleKind; name: { zh: string; en: string } })[] = [
  {
    kind: 'weekly',
    name: { zh: '本周周五17:00，逢休息日提前', en: 'Friday of the week 17:00, earlier when it is off' },
    from: 'start',
    code: 'filing-weekly-friday',
    unit: 'CALENDAR',
    n: 5,
    roll: 'PREV',
    atTime: '17:00',
    basis: '周监测：周五报送，逢休息日提前',
  },
  {
    kind: 'weekly',
    name: { zh: '次周周一12:00，逢休息日顺延', en: 'Monday after the week 12:00, later when it is off' },
    from: 'end',
    code: 'filing-weekly-monday',
    unit: 'CALENDAR',
    n: 1,
    roll: 'NEXT',
    atTime: '12:00',
    basis: '各地通行做法：每周一汇总上周情况，逢休息日顺延',
  },
  {
    kind: 'halfMonthly',
    name: { zh: '期后2日18:00，逢休息日顺延', en: 'Two days after the half month 18:00, later when it is off' },
    from: 'end',
    code: 'filing-half-month-2',
    unit: 'CALENDAR',
    n: 2,
    roll: 'NEXT',
    atTime: '18:00',
    basis: '半月一督查：期后2日报送，逢休息日顺延',
  },
  {
    kind: 'monthly',
    name: { zh: '每月25日18:00，逢休息日顺延', en: 'The 25th 18:00, later when it is off' },
    from: 'start',
    code: 'filing-monthly-25',
    unit: 'CALENDAR',
    n: 25,
    roll: 'NEXT',
    atTime: '18:00',
    basis: '各地通行做法：每月25日前（郑州、巴马、王益），逢休息日顺延',
  },
  {
    kind: 'monthly',
    name: { zh: '每月28日18:00，逢休息日顺延', en: 'The 28th 18:00, later when it is off' },
    from: 'start',
    code: 'filing-monthly-28',
    unit: 'CALENDAR',
    n: 28,
    roll: 'NEXT',
    atTime: '18:00',
    basis: '盘锦做法：每月28日前，逢休息日顺延',
  },
  {
    kind: 'monthly',
    name: { zh: '月后5个工作日', en: 'Five workdays after the month' },
    from: 'end',
    code: 'month-close-5-workdays',
    unit: 'WORKDAY',
    n: 5,
    roll: 'NONE',
    atTime: '24:00',
    basis: '广西项目月报：月后5个工作日',
  },
  {
    kind: 'quarterly',
    name: { zh: '季后10日18:00，逢休息日顺延', en: 'Ten days after the quarter 18:00, later when it is off' },
    from: 'end',
    code: 'filing-quarter-10',
    unit: 'CALENDAR',
    n: 10,
    roll: 'NEXT',
    atTime: '18:00',
    basis: '季通报：季后10日报送，逢休息日顺延',
  },
];

const due = (code: string): FormDue => {
  const { kind: _kind, name: _name, ...rule } = dueRules.find((r) => r.code === code)!;
  return rule;
};

const common = {
  version: 1,
  issuer: '重点项目建设总指挥部',
  approval: '随产品提供，启用前请换成本市的批准文件',
  validFrom: '2000-01-01',
  validUntil: null,
  special: [],
  population: { tiers: [], stages: [] },
  opensItself: false,
} as const;
const words = ['imageProgress', 'problems', 'nextSteps', 'photos', 'note'] as const;

/**
 * The forms that ship, one for each rhythm: whatever else a city wants to ask goes into one of them, so that nobody is
 * asked twice. The month opens itself; the others wait until the city wants them.
 */
export const defaultForms: readonly Form[] = [
  {
    ...common,
    kind: 'weekly',
    formNo: '项调周',
    title: '重点项目周报',
    fields: [...words],
    chain: ['responsibleUnit'],
    due: due('filing-weekly-monday'),
    special: [],
    population: { tiers: [], stages: [] },
  },
  {
    ...common,
    kind: 'halfMonthly',
    formNo: '项调半月',
    title: '重点项目半月报',
    fields: [...words],
    chain: ['responsibleUnit', 'commandPost'],
    due: due('filing-half-month-2'),
    special: [],
    population: { tiers: [], stages: [] },
  },
  {
    ...common,
    kind: 'monthly',
    formNo: '项调月',
    title: '重点项目月度调度表',
    fields: [...filingFields],
    chain: [...levels],
    due: due('filing-monthly-25'),
    special: [],
    population: { tiers: [], stages: [] },
    opensItself: true,
  },
  {
    ...common,
    kind: 'quarterly',
    formNo: '项调季',
    title: '重点项目季度报告',
    fields: [...words, 'milestones'],
    chain: [...levels],
    due: due('filing-quarter-10'),
    special: [],
    population: { tiers: [], stages: [] },
  },
];

export const defaultFormOf = (kind: CycleKind): Form => defaultForms.find((form) => form.kind === kind)!;
