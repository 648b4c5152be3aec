import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import type { Urgency } from '../kinds.ts';
import { type LightDays, type LimitFacts, lightDays, shifted } from '../light.ts';
import { type LimitTemplate, plainTemplate, shippedTemplates } from '../templates.ts';
import { tables } from './tables.ts';

/** The templates in force: the city's own newest version of a code stands before the shipped one. */
export async function listTemplates(scope: Scope): Promise<LimitTemplate[]> {
  const own = await tables(scope)
    .selectFrom('ledger.templateVersion')
    .distinctOn('code')
    .select(['code', 'template'])
    .where('cityId', '=', scope.cityId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  const byCode = new Map(shippedTemplates.map((template) => [template.code, template]));
  for (const { code, template } of own) byCode.set(code, template);
  return [...byCode.values()];
}

export interface Limits {
  find(code: string): LimitTemplate | undefined;
  /** A template that was dropped later still has its matters: they go on under the plain one. */
  get(code: string): LimitTemplate;
  /** The limit counted from the day of issuing. @throws Problem 422 calendar_missing */
  dueOf(template: LimitTemplate, urgency: Urgency, issuedOn: Day): Day;
  daysOf(template: LimitTemplate, facts: LimitFacts): LightDays;
  stagesOf(template: LimitTemplate, issuedOn: Day): { code: string; title: string; dueOn: Day }[];
}

/** Templates and the working calendar, read once for as many matters as there are. */
export async function limitsOf(scope: Scope): Promise<Limits> {
  const calendar = await calendarOf(scope);
  const templates = new Map((await listTemplates(scope)).map((template) => [template.code, template]));
  const find = (code: string) => templates.get(code);
  return {
    find,
    get: (code) => find(code) ?? plainTemplate,
    dueOf(template, urgency, issuedOn) {
      const span = template.due[urgency] ?? plainTemplate.due[urgency]!;
      const due = shifted(calendar, issuedOn, span);
      if (due === null)
        throw invalid(
          'calendar_missing',
          {
            zh: '限期跨入还没有公布工作日历的年份，请填写完成时限，或先录入该年日历',
            en: 'The limit reaches into a year without a published calendar: give the due date, or enter that calendar first',
          },
          'dueOn',
        );
      return due;
    },
    daysOf: (template, facts) => lightDays(template, facts, calendar),
    stagesOf: (template, issuedOn) =>
      template.stages.flatMap(({ code, title, span }) => {
        const dueOn = shifted(calendar, issuedOn, span);
        return dueOn === null ? [] : [{ code, title: title.zh, dueOn }];
      }),
  };
}
