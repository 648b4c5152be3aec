import { z } from 'zod';
import { type RuleSetCode, ruleSetCodes } from './rule-sets.ts';

const workdays = z.int().min(1).max(200).nullable();

export const SupervisionSettings = z.object({
  /** For matters whose limit template names none of its own. */
  ruleSet: z.enum(ruleSetCodes),
  /** Limit template → rule set. */
  ruleSetOfTemplate: z.record(z.string().max(40), z.enum(ruleSetCodes)),
  /** Days before the limit on which the unit is reminded; by template, else `plain`. */
  remindBefore: z.object({
    plain: z.array(z.int().min(0).max(90)).max(5),
    ofTemplate: z.record(z.string().max(40), z.array(z.int().min(0).max(90)).max(5)),
  }),
  /** 提级研究: workdays without progress after which a matter goes up from the level; null: by hand only. */
  escalateAfter: z.object({ project: workdays, county: workdays, command: workdays }),
});
export type SupervisionSettings = z.infer<typeof SupervisionSettings>;

/** Ours: the published rules name colours and not days of reminders; 10 workdays a level is half of an ordinary limit of a month. */
export const shippedSettings: SupervisionSettings = {
  ruleSet: 'sanming',
  ruleSetOfTemplate: { sanming: 'sanming', suqian: 'suqian', yingzhou: 'yingzhou' },
  remindBefore: { plain: [3, 1], ofTemplate: { '13710': [1], 'city-minutes': [5, 2], 'city-document': [5, 2] } },
  escalateAfter: { project: 10, county: 10, command: 10 },
};

export const ruleSetFor = (settings: SupervisionSettings, template: string): RuleSetCode =>
  settings.ruleSetOfTemplate[template] ?? settings.ruleSet;

/** The reminder due on a day for a limit: the smallest of the days ahead whose day has come; null outside them. */
export function remindStep(settings: SupervisionSettings, template: string, daysLeft: number): number | null {
  const ahead = settings.remindBefore.ofTemplate[template] ?? settings.remindBefore.plain;
  if (daysLeft < 0) return null;
  return ahead.filter((n) => daysLeft <= n).sort((a, b) => a - b)[0] ?? null;
}
