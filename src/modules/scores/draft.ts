import type { Input, Item, Method, SchemeBody } from './scheme.ts';

type Rest = Partial<Omit<Item, 'code' | 'name' | 'weight' | 'method' | 'inputs'>>;

/** An item as schemes write it most often; what is not said is the plain case. */
export const itemOf = (
  code: string,
  [zh, en]: readonly [string, string],
  weight: string,
  method: Method,
  inputs: readonly Input[],
  rest: Rest = {},
): Item => ({
  code,
  name: { zh, en },
  part: '',
  weight,
  side: 'score',
  method,
  floor: '0',
  cap: null,
  inputs: [...inputs],
  missing: 'zero',
  binding: null,
  note: '',
  ...rest,
});

type Look = Partial<Pick<Input, 'show' | 'decimals' | 'unit'>>;
const look = ({ show = 'number', decimals = 2, unit = '' }: Look) => ({ show, decimals, unit });
export const entered = (name: string, rest: Look = {}): Input => ({ name, source: { kind: 'entered' }, ...look(rest) });
export const events = (name: string, unit = '次'): Input => ({
  name,
  source: { kind: 'events' },
  ...look({ unit, decimals: 0 }),
});
export const indicator = (name: string, code: string, rest: Look = {}): Input => ({
  name,
  source: { kind: 'indicator', code, by: 'county' },
  ...look({ show: 'percent', ...rest }),
});
export const projects = (name: string, formula: string, rest: Look = {}): Input => ({
  name,
  source: { kind: 'projects', formula, by: 'county' },
  ...look({ decimals: 0, unit: '个', ...rest }),
});

export const emptyBody: SchemeBody = {
  name: { zh: '新考核方案', en: 'New scheme' },
  decimals: 2,
  publicityDays: 5,
  bonusMost: null,
  groups: [{ code: 'counties', name: { zh: '县（市、区）', en: 'Counties' }, units: [] }],
  items: [
    itemOf(
      'invest',
      ['年度投资完成率', 'Investment completion'],
      '100',
      { kind: 'ratio', of: '投资完成率' },
      [indicator('投资完成率', 'invest')],
      { cap: '100' },
    ),
  ],
  vetoes: [],
  basis: '',
};
