import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { Definition } from './definition.ts';
import { dimensions } from './formula-unit.ts';

/** The one closed formula language: other modules read, check and evaluate with it, and write none of their own. */
export { evaluate, type Value } from './evaluate.ts';
export { FormulaFault, type Node as FormulaNode, namesIn, parseFormula } from './formula.ts';
export { dimensionOf } from './formula-unit.ts';
export { showFigure } from './show.ts';

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const basis = z.enum(['adjusted', 'original']);
const level = z.enum(['projects', 'items']);
export const groupings = ['county', 'command', 'lead', 'board'] as const;
const moment = z.object({
  day: day.optional(),
  basis: basis.default('adjusted'),
  level: level.default('projects'),
});

/** Exact: numerator and denominator in lowest terms as text, so that nothing is lost on the wire; or why there is no number. */
export const Figure = z.union([
  z.object({ n: z.string(), d: z.string() }),
  z.object({ missing: z.enum(['zeroDenominator', 'missing', 'noMembers']), name: z.string().nullable() }),
]);
export type Figure = z.infer<typeof Figure>;

export const IndicatorView = z.object({
  definition: Definition,
  version: z.int(),
  /** As it ships, never changed here. */
  isShipped: z.boolean(),
  /** Codes of indicators whose formulas name it. */
  users: z.array(z.string()),
  whole: Figure,
});
export type IndicatorView = z.infer<typeof IndicatorView>;

export const GroupFigure = z.object({
  key: z.string().nullable(),
  name: z.string().nullable(),
  members: z.int(),
  figure: Figure,
});
export type GroupFigure = z.infer<typeof GroupFigure>;

const Tried = z.object({
  whole: Figure,
  groups: z.array(GroupFigure),
});
const Fault = z.object({ indicator: z.string(), words, from: z.int(), to: z.int() });

export const indicators = defineContract({
  name: 'indicators',
  title: { zh: '指标', en: 'Indicators' },
  uses: ['organization', 'projects', 'dispatch', 'factors', 'funding', 'ledger'],
  permissions: {
    'indicators.read': {
      words: { zh: '查看指标及其公式', en: 'See indicators and their formulas' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'indicators.define': {
      words: { zh: '定义指标', en: 'Define indicators' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    list: query({
      path: '/indicators',
      summary: { zh: '全部指标及当日结果', en: 'All indicators with their figures of a day' },
      permission: 'indicators.read',
      input: moment,
      output: z.object({
        day,
        pace: Figure,
        members: z.int(),
        indicators: z.array(IndicatorView),
        measures: z.array(z.object({ code: z.string(), words, note: words.nullable(), dimension: z.enum(dimensions) })),
        canDefine: z.boolean(),
      }),
    }),
    groups: query({
      path: '/indicators/:code/groups',
      summary: { zh: '一个指标在各组的结果', en: 'One indicator for each group' },
      permission: 'indicators.read',
      input: moment.extend({ code: z.string(), by: z.enum(groupings).default('county') }),
      output: Tried,
    }),
    history: query({
      path: '/indicators/:code/history',
      summary: { zh: '公式的历次版本', en: 'Versions of a formula' },
      permission: 'indicators.read',
      input: z.object({ code: z.string() }),
      output: z.array(
        z.object({
          version: z.int(),
          definition: Definition.nullable(),
          reason: z.string(),
          actorName: z.string(),
          at: z.iso.datetime().nullable(),
        }),
      ),
    }),
    test: command({
      path: '/indicators/test',
      summary: { zh: '试算公式：不保存', en: 'Try a formula on the data at hand; nothing is saved' },
      permission: 'indicators.read',
      input: moment.extend({ definition: Definition, by: z.enum(groupings).default('county') }),
      output: z.union([Tried.extend({ fault: z.null() }), z.object({ fault: Fault })]),
      quiet: true,
    }),
    save: command({
      path: '/indicators',
      summary: { zh: '保存指标（新版本）', en: 'Save an indicator as a new version' },
      permission: 'indicators.define',
      input: z.object({
        definition: Definition,
        /** The version that was read; 0 for one that ships or is new. */
        version: z.int().min(0),
        reason: z.string().trim().min(2).max(300),
      }),
      output: z.object({ version: z.int() }),
    }),
    withdraw: command({
      path: '/indicators/:code/withdraw',
      summary: { zh: '停用自定义指标', en: 'Withdraw an indicator of the city' },
      permission: 'indicators.define',
      input: z.object({ code: z.string(), reason: z.string().trim().min(2).max(300) }),
      output: z.object({ code: z.string() }),
    }),
    table: download({
      path: '/indicators/table.xlsx',
      summary: { zh: '指标表（Excel）', en: 'Table of indicators (Excel)' },
      permission: 'indicators.read',
      input: moment.extend({ by: z.enum(groupings).default('county'), lang: z.enum(['zh', 'en']).default('zh') }),
      output: z.unknown(),
    }),
  },
});
