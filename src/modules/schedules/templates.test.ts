import { expect, test } from 'vitest';
import { everyDayAxis } from './day-axis.ts';
import { faultOf, planOf } from './plan.ts';
import { tasksOf, templateFor, templates } from './templates.ts';
import { backward } from './testing/example.ts';

test.each(templates.map((one) => [one.code, one] as const))(
  'the template %s can be planned backward and ends in one milestone',
  (_code, one) => {
    const tasks = tasksOf(one, 100);
    expect(faultOf(tasks)).toBeNull();
    const { plan } = planOf(backward('2022-12-31', tasks, { calendar: 'everyDay' }), everyDayAxis());
    expect(plan!.days).toBeGreaterThan(100);
    const last = tasks.at(-1)!;
    expect(last.days).toBe(0);
    // Nothing hangs loose: every task that is no summary and not the last is waited for by something.
    const waitedFor = new Set(tasks.flatMap((t) => t.links.map((link) => link.from)));
    const loose = tasks.filter((t) => !waitedFor.has(t.uid) && !plan!.tasks.get(t.uid)!.isSummary && t !== last);
    expect(loose.map((t) => t.name).filter((name) => !isSummedUp(name))).toEqual([]);
  },
);

/** Milestones that tell how far the work is, and hold up nothing. */
const isSummedUp = (name: string) => ['开工', '度汛断面完成'].includes(name);

test('a project gets the template that its name speaks for', () => {
  expect(templateFor('市中心医院项目 社会民生').code).toBe('building');
  expect(templateFor('G353机场快速路项目 基础设施').code).toBe('road');
  expect(templateFor('己内酰胺产业链搬迁与升级转型发展 产业').code).toBe('factory');
  expect(templateFor('东风湖治理').code).toBe('water');
  expect(templateFor('').code).toBe('building');
});
