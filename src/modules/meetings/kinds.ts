import type { Words } from '#core/shared/words.ts';

/** How often a kind is held by habit. `need`: when there is something to settle. */
export const rhythms = ['fortnight', 'month', 'quarter', 'year', 'need'] as const;
export type Rhythm = (typeof rhythms)[number];
export const rhythmWords: Record<Rhythm, Words> = {
  fortnight: { zh: '每两周', en: 'Fortnightly' },
  month: { zh: '每月', en: 'Monthly' },
  quarter: { zh: '每季', en: 'Quarterly' },
  year: { zh: '每年', en: 'Yearly' },
  need: { zh: '按需', en: 'As needed' },
};

interface KindRule {
  words: Words;
  rhythm: Rhythm;
  /** Ends in decisions that are followed up at the next one. */
  hasDecisions: boolean;
  /** Goes along projects that are scored. */
  hasRoute: boolean;
}

/** The meetings of a headquarters, with the rhythm in which the field holds them (dispatch.md §2.2). */
export const kindRules = {
  headquarters: {
    words: { zh: '总指挥部会议', en: 'Headquarters meeting' },
    rhythm: 'quarter',
    hasDecisions: true,
    hasRoute: false,
  },
  dispatch: {
    words: { zh: '工作调度会', en: 'Dispatch meeting' },
    rhythm: 'month',
    hasDecisions: true,
    hasRoute: false,
  },
  push: { words: { zh: '现场推进会', en: 'On-site push' }, rhythm: 'quarter', hasDecisions: true, hasRoute: false },
  special: {
    words: { zh: '专题协调会', en: 'Coordination on one subject' },
    rhythm: 'need',
    hasDecisions: true,
    hasRoute: false,
  },
  joint: { words: { zh: '联席会议', en: 'Joint meeting' }, rhythm: 'fortnight', hasDecisions: true, hasRoute: false },
  onSite: { words: { zh: '现场办公会', en: 'On-site office' }, rhythm: 'need', hasDecisions: true, hasRoute: false },
  observation: {
    words: { zh: '现场观摩', en: 'Site observation' },
    rhythm: 'quarter',
    hasDecisions: false,
    hasRoute: true,
  },
  review: { words: { zh: '点评会', en: 'Review meeting' }, rhythm: 'quarter', hasDecisions: true, hasRoute: false },
  mobilization: {
    words: { zh: '动员会', en: 'Mobilization meeting' },
    rhythm: 'year',
    hasDecisions: false,
    hasRoute: false,
  },
  groundbreaking: {
    words: { zh: '集中开工', en: 'Joint ground-breaking' },
    rhythm: 'quarter',
    hasDecisions: false,
    hasRoute: false,
  },
  signing: { words: { zh: '集中签约', en: 'Joint signing' }, rhythm: 'need', hasDecisions: false, hasRoute: false },
} as const satisfies Record<string, KindRule>;

export type MeetingKind = keyof typeof kindRules;
export const meetingKinds = Object.keys(kindRules) as [MeetingKind, ...MeetingKind[]];

/** 2021年第9次工作调度会. Numbers begin anew each year, for each convener. */
export const meetingName = (kind: MeetingKind, year: number, no: number): Words => ({
  zh: `${year}年第${no}次${kindRules[kind].words.zh}`,
  en: `${kindRules[kind].words.en} ${no}/${year}`,
});
