import { z } from 'zod';
import { download, query } from '#core/shared/contract.ts';
import { namedListCodes, rateBases, rateCodes, rateLevels } from './rates.ts';

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });

/** Numerator and denominator, exact: counts, or whole yuan. A rate is worked out where it is shown. */
export const Tally = z.object({ numerator: z.int(), denominator: z.int() });
export type Tally = z.infer<typeof Tally>;

const Tallies = z.record(z.enum(rateCodes), Tally);

export const RateTable = z.object({
  year: z.int(),
  day,
  rates: z.array(
    z.object({
      code: z.enum(rateCodes),
      kind: z.enum(['count', 'yuan']),
      words,
      formula: words,
      source: z.string(),
      /** Both levels on both bases: nobody has to ask which was meant. */
      tallies: z.record(z.enum(rateBases), z.record(z.enum(rateLevels), Tally)),
    }),
  ),
  /** 已开工 = 应开工 − 应开未开 + 提前开工, on each basis at each level. */
  identity: z.record(
    z.enum(rateBases),
    z.record(
      z.enum(rateLevels),
      z.object({
        started: z.int(),
        due: z.int(),
        overdue: z.int(),
        early: z.int(),
        outside: z.int(),
        undated: z.int(),
        holds: z.boolean(),
      }),
    ),
  ),
  /** The same rates by group, on the adjusted basis, packages counted once. */
  groups: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), tallies: Tallies })),
});
export type RateTable = z.infer<typeof RateTable>;

export const RateMember = z.object({
  id: z.uuid(),
  serial: z.int(),
  name: z.string(),
  demo: z.boolean(),
  parentName: z.string().nullable(),
  childCount: z.int(),
  countyName: z.string().nullable(),
  leadName: z.string().nullable(),
  stage: z.string(),
  planKind: z.string().nullable(),
  startPlanned: day.nullable(),
  startActual: day.nullable(),
  finishPlanned: day.nullable(),
  finishActual: day.nullable(),
  /** Days by which a planned start is overdue, or (negative) ahead. Null where it says nothing. */
  startLateDays: z.int().nullable(),
  /** Of a yuan rate: this project's part of numerator and denominator. */
  numeratorYuan: z.int().nullable(),
  denominatorYuan: z.int().nullable(),
});
export type RateMember = z.infer<typeof RateMember>;

export const memberLists = ['numerator', 'denominator', 'missing', ...namedListCodes] as const;
const at = { day: day.optional(), basis: z.enum(rateBases).default('adjusted') };
const MembersInput = z.object({
  /** Of a rate: numerator, denominator, or what is missing between them. Of no rate: one of the named lists. */
  code: z.enum(rateCodes).optional(),
  list: z.enum(memberLists),
  level: z.enum(rateLevels).default('projects'),
  county: z.uuid().optional(),
  ...at,
});

export const rateEndpoints = {
  rates: query({
    path: '/dispatch/rates',
    summary: {
      zh: '各项比率：定义、分子分母、个与项、年初计划与调整后',
      en: 'Every rate: definition, numerator and denominator, both counts, both bases',
    },
    permission: 'dispatch.read',
    input: z.object({ day: day.optional(), by: z.enum(['county', 'command', 'board']).default('county') }),
    output: RateTable,
  }),
  rateMembers: query({
    path: '/dispatch/rates/members',
    summary: { zh: '比率背后的项目名单', en: 'The projects behind a rate, by name' },
    permission: 'dispatch.read',
    input: MembersInput,
    output: z.array(RateMember),
  }),
  exportRateMembers: download({
    path: '/dispatch/rates/members-export',
    summary: { zh: '导出名单', en: 'Export the list of names' },
    permission: 'dispatch.read',
    input: MembersInput.extend({ language: z.enum(['zh', 'en']).optional() }),
    output: z.unknown(),
  }),
};
