import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, daysBetween, yearOf } from '#core/shared/day.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { insertPermitPlans, listTemplates, type PlanToInsert, type StepToSet } from '#modules/permits/server/public.ts';
import { between, draw } from './draw.ts';
import { ever } from './staff.ts';

interface DemoProject {
  id: string;
  serial: number;
  board: string | null;
  planKind: string | null;
  startActual: Day | null;
}

/** Departments of the templates and the units of the city that stand for them. */
const units: Readonly<Record<string, string>> = {
  自然资源部门: '岳阳市自然资源和规划局',
  发展改革部门: '岳阳市发展和改革委员会',
  不动产登记机构: '岳阳市不动产登记中心（示例）',
  公共资源交易机构: '岳阳市公共资源交易中心',
  住房城乡建设部门: '岳阳市住房和城乡建设局',
  '交通运输（住建）部门': '岳阳市交通运输局',
  生态环境部门: '岳阳市生态环境局',
  水利部门: '岳阳市水利局',
  文物部门: '岳阳市文化旅游广电局',
  林业部门: '岳阳市林业局',
};
const templateOf: Readonly<Record<string, string>> = {
  产业: 'filed-industrial',
  基础设施: 'approved-linear',
  社会民生: 'approved-building',
  生态: 'approved-building',
};
const wants = ['补充占用耕地说明', '图件坐标系不符，退回补正', '资金证明未附', '公示材料不全'];

/** Permits of about 80 projects that start this year or wait for it; as far along as their plan says. All 示例. */
export async function layOutPermits(scope: Scope): Promise<number> {
  const year = yearOf(scope.today);
  const { rows } = await sql<DemoProject>`
    select id, serial, board, plan_kind, start_actual from projects.pub_project
    where city_id = ${scope.cityId} and child_count = 0 and parent_id is null and finish_actual is null
      and (start_actual is null or start_actual >= ${`${year}-06-01`})
    order by start_actual nulls first, serial limit 84`.execute(scope.db);
  const ids = new Map<string, string>();
  for (const [department, name] of Object.entries(units)) {
    const unit = await ensureUnit(scope, { name, kind: 'department', validFrom: ever, reason: '示例城市' });
    ids.set(department, unit.id);
  }
  const templates = new Map((await listTemplates(scope)).map((template) => [template.code, template]));
  const plans = rows.map((project): PlanToInsert => {
    const template = templates.get(templateOf[project.board ?? ''] ?? 'approved-building')!;
    const age =
      project.startActual !== null
        ? 400
        : project.planKind === 'reserve'
          ? between(project.serial, 'age', 5, 90)
          : between(project.serial, 'age', 70, 230);
    // The calendar of the year before may not be published: nothing of a demonstration begins before this one.
    const first = [addDays(scope.today, -age), `${year}-01-05`].sort().at(-1)!;
    const steps = walk(project, template.steps, first, scope.today);
    for (const step of template.steps) {
      const unitId = ids.get(step.owner);
      if (unitId) steps[step.code] = { ...(steps[step.code] ?? { phase: 'waiting' }), unitId };
    }
    return { projectId: project.id, template: template.code, steps };
  });
  return insertPermitPlans(scope, plans);
}

interface TemplateStep {
  code: string;
  limitDays: number | null;
  limitUnit: 'WORKDAY' | 'CALENDAR';
  after: readonly string[];
}

/** Goes through the steps in their order: each begins some days after what it waits for and takes a part of its limit, or more. */
function walk(project: DemoProject, steps: readonly TemplateStep[], first: Day, today: Day): Record<string, StepToSet> {
  const { serial } = project;
  const isStarted = project.startActual !== null;
  const through = new Map<string, Day | null>();
  const found: Record<string, StepToSet> = {};
  const visit = (code: string): Day | null => {
    if (through.has(code)) return through.get(code)!;
    const step = steps.find((one) => one.code === code)!;
    const days = step.after.map(visit);
    const set = days.includes(null) ? null : state(step, [first, ...(days as Day[])].sort().at(-1)!);
    if (set) found[code] = set;
    const end = set?.phase === 'skipped' ? first : (set?.doneOn ?? null);
    through.set(code, end);
    return end;
  };
  const state = (step: TemplateStep, from: Day): StepToSet | null => {
    const say = (question: string) => draw(serial, `${question} ${step.code}`);
    if (['forest', 'heritage', 'soil'].includes(step.code) && say('skip') < 0.3)
      return { phase: 'skipped', note: '不涉及（示例）' };
    if (!isStarted && say('idle') < 0.12) return null;
    // A project that builds has all it needs: its steps are pressed together before its start.
    const room = isStarted
      ? Math.max(1, Math.floor(daysBetween(from, project.startActual!) / 6))
      : Number.POSITIVE_INFINITY;
    const acceptedOn = addDays(from, Math.min(room, between(serial, `gap ${step.code}`, 1, 9)));
    if (acceptedOn > today) return null;
    const limit = (step.limitDays ?? 10) * (step.limitUnit === 'WORKDAY' ? 1.45 : 1);
    const pace = say('pace') < 0.16 ? 1.15 + say('slow') : 0.45 + 0.45 * say('quick');
    const takes = Math.min(room, Math.max(1, Math.round(limit * pace)));
    const doneOn = addDays(acceptedOn, takes);
    const documentNo = `示例批〔${yearOf(today)}〕${between(serial, step.code, 2, 260)}号`;
    if (doneOn <= today) return { phase: 'done', acceptedOn, doneOn, documentNo };
    const halfway = addDays(acceptedOn, Math.floor(daysBetween(acceptedOn, today) / 2));
    if (say('suspend') < 0.14)
      return {
        phase: 'suspended',
        acceptedOn,
        suspensions: [{ fromOn: halfway, resumedOn: null, reason: `${wants[serial % wants.length]}（示例）` }],
      };
    return { phase: 'running', acceptedOn };
  };
  for (const { code } of steps) visit(code);
  return found;
}
