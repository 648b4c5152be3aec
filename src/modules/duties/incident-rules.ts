import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';

/** Kinds of incidents, by what the plans of cities call them. */
export const incidentClasses = [
  'production',
  'natural',
  'environment',
  'health',
  'security',
  'quality',
  'other',
] as const;
export type IncidentClass = (typeof incidentClasses)[number];
export const classWords: Record<IncidentClass, Words> = {
  production: { zh: '生产安全', en: 'Work safety' },
  natural: { zh: '自然灾害', en: 'Natural disaster' },
  environment: { zh: '突发环境事件', en: 'Environment' },
  health: { zh: '公共卫生', en: 'Public health' },
  security: { zh: '社会安全', en: 'Public security' },
  quality: { zh: '工程质量', en: 'Quality of works' },
  other: { zh: '其他', en: 'Other' },
};

/** 突发事件应对法: 一般, 较大, 重大, 特别重大. `unknown` until it can be judged. */
export const levels = ['ordinary', 'larger', 'major', 'grave'] as const;
export type Level = (typeof levels)[number];
export const toldLevels = [...levels, 'unknown'] as const;
export type ToldLevel = (typeof toldLevels)[number];
export const levelWords: Record<ToldLevel, Words> = {
  ordinary: { zh: '一般', en: 'Ordinary' },
  larger: { zh: '较大', en: 'Larger' },
  major: { zh: '重大', en: 'Major' },
  grave: { zh: '特别重大', en: 'Grave' },
  unknown: { zh: '级别待定', en: 'Level not known' },
};

/** What may make a doubtful incident count for more. */
export const signs = ['heavyMetal', 'drinkingWater', 'casualties'] as const;
export type Sign = (typeof signs)[number];
export const signWords: Record<Sign, Words> = {
  heavyMetal: { zh: '涉及重金属', en: 'Heavy metals' },
  drinkingWater: { zh: '涉及饮用水水源', en: 'Drinking water' },
  casualties: { zh: '有人员伤亡', en: 'Casualties' },
};

const words = z.object({ zh: z.string().trim().min(1).max(80), en: z.string().trim().min(1).max(120) });
const basis = z.string().trim().min(4).max(300);

/** `phone` is met by whatever tells first, `written` only by the written first report. */
export const clockReports = ['phone', 'written'] as const;
export const ClockRule = z.object({
  code: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{1,39}$/),
  name: words,
  report: z.enum(clockReports),
  /** null: every class. */
  class: z.enum(incidentClasses).nullable(),
  levels: z.array(z.enum(levels)).min(1).max(4),
  /** From the moment at which it was learned of. */
  minutes: z.int().min(1).max(10_080),
  basis,
  isActive: z.boolean(),
});
export type ClockRule = z.infer<typeof ClockRule>;

export const DoubtRule = z.object({
  class: z.enum(incidentClasses).nullable(),
  /** Any of these; empty: always. */
  signs: z.array(z.enum(signs)).max(signs.length),
  as: z.enum(levels),
  basis,
});
export type DoubtRule = z.infer<typeof DoubtRule>;

/** Whose people are told: of the unit that reports, of the nearest unit above it, or of the headquarters' office. */
export const routeUnits = ['own', 'above', 'office'] as const;
/** Those on duty now, or all who hold the permission in the unit. */
export const routePosts = ['officer', 'leader', 'keepers', 'commanders'] as const;
export const Route = z.object({
  level: z.enum(levels),
  to: z.array(z.object({ unit: z.enum(routeUnits), post: z.enum(routePosts) })).max(10),
  /** Bodies that the platform does not reach; told by phone and paper, and ticked off in the duty log. */
  outside: z.array(z.string().trim().min(2).max(60)).max(10),
});
export type Route = z.infer<typeof Route>;

export const IncidentRules = z.object({
  clocks: z.array(ClockRule).min(1).max(40),
  doubts: z.array(DoubtRule).max(20),
  routes: z.array(Route).length(4),
});
export type IncidentRules = z.infer<typeof IncidentRules>;

const all = [...levels];
const environmentBasis = '《突发环境事件信息报告办法》第三条';
const countyBasis = '县级值班报告实践：电话 20 分钟、书面 40 分钟（各地规定不一，以本地文件为准）';
const companyBasis = '企业值班报告实践：按级别 15/30 或 30/60 分钟（以本单位规定为准）';
const phone = { zh: '电话报告', en: 'Report by phone' };
const written = { zh: '书面初报', en: 'First written report' };

/** As they ship. A city's change is a new version with its reason; incidents keep the clocks they were given. */
export const shippedRules: IncidentRules = {
  clocks: [
    {
      code: 'countyPhone',
      name: phone,
      report: 'phone',
      class: null,
      levels: all,
      minutes: 20,
      basis: countyBasis,
      isActive: true,
    },
    {
      code: 'countyWritten',
      name: written,
      report: 'written',
      class: null,
      levels: all,
      minutes: 40,
      basis: countyBasis,
      isActive: true,
    },
    {
      code: 'environment',
      name: { zh: '书面报市级生态环境部门和市政府', en: 'Written report to the city' },
      report: 'written',
      class: 'environment',
      levels: ['ordinary', 'larger'],
      minutes: 240,
      basis: environmentBasis,
      isActive: true,
    },
    {
      code: 'environmentMajor',
      name: { zh: '书面报市级和省级生态环境部门', en: 'Written report to city and province' },
      report: 'written',
      class: 'environment',
      levels: ['major', 'grave'],
      minutes: 120,
      basis: environmentBasis,
      isActive: true,
    },
    ...(['Phone', 'Written'] as const).flatMap((way, i): ClockRule[] =>
      (
        [
          ['companyMajor', ['major', 'grave'], [15, 30]],
          ['company', ['ordinary', 'larger'], [30, 60]],
        ] as const
      ).map(([code, of, minutes]) => ({
        code: `${code}${way}`,
        name: i === 0 ? phone : written,
        report: i === 0 ? 'phone' : 'written',
        class: null,
        levels: [...of],
        minutes: minutes[i]!,
        basis: companyBasis,
        isActive: false,
      })),
    ),
  ],
  doubts: [
    {
      class: 'environment',
      signs: ['heavyMetal', 'drinkingWater'],
      as: 'major',
      basis: '《突发环境事件信息报告办法》第四条：级别难判明、涉及饮用水水源或重金属的，按重大以上报告',
    },
    { class: null, signs: ['casualties'], as: 'major', basis: '本平台默认：就高不就低，可由本地修改' },
    { class: null, signs: [], as: 'larger', basis: '本平台默认：就高不就低，可由本地修改' },
  ],
  routes: [
    {
      level: 'ordinary',
      to: [
        { unit: 'own', post: 'leader' },
        { unit: 'above', post: 'officer' },
        { unit: 'office', post: 'officer' },
      ],
      outside: [],
    },
    {
      level: 'larger',
      to: [
        { unit: 'own', post: 'leader' },
        { unit: 'above', post: 'officer' },
        { unit: 'office', post: 'officer' },
        { unit: 'office', post: 'leader' },
      ],
      outside: ['市政府总值班室'],
    },
    {
      level: 'major',
      to: [
        { unit: 'own', post: 'leader' },
        { unit: 'above', post: 'keepers' },
        { unit: 'office', post: 'keepers' },
        { unit: 'office', post: 'leader' },
        { unit: 'office', post: 'commanders' },
      ],
      outside: ['市委值班室', '市政府总值班室', '市应急管理局'],
    },
    {
      level: 'grave',
      to: [
        { unit: 'own', post: 'leader' },
        { unit: 'above', post: 'keepers' },
        { unit: 'office', post: 'keepers' },
        { unit: 'office', post: 'leader' },
        { unit: 'office', post: 'commanders' },
      ],
      outside: ['市委值班室', '市政府总值班室', '市应急管理局', '省政府总值班室'],
    },
  ],
};
