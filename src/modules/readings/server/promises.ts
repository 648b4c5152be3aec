import { sql } from 'kysely';
import type { z } from 'zod';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { driftOf } from '#modules/bulletins/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { League, PromiseLine } from '../contract.ts';

interface Told {
  id: string;
  documentId: string;
  documentTitle: string;
  projectId: string | null;
  projectName: string;
  unitId: string | null;
  unitName: string | null;
  what: PromiseLine['what'];
  by: Day | null;
  amountYuan: number | null;
  hedge: string | null;
  speaker: string | null;
  documentDate: Day;
  text: string;
  demo: boolean;
}

interface Filter {
  projectId?: string | undefined;
  unitId?: string | undefined;
  state?: PromiseLine['state'] | undefined;
  what?: PromiseLine['what'] | undefined;
}

/** Promises of projects within reach; those of projects that the register does not know only for who sees the whole city. */
async function listTold(scope: Scope, { projectId, unitId, what }: Filter): Promise<Told[]> {
  const all = scope.actor.kind === 'system' || scope.reach('readings.promises').all;
  const { rows } = await sql<Told>`
    select t.id, t.document_id, t.document_title, t.project_id, coalesce(p.name, t.project_name) as project_name, p.lead_unit_id as unit_id,
      coalesce(u.short_name, u.name, p.lead_text) as unit_name, t.what, t.by_day as by, t.amount_yuan, t.hedge, t.speaker,
      t.said_on as document_date, t.text, t.demo
    from readings.pub_promise t
    left join projects.pub_project p on p.city_id = t.city_id and p.id = t.project_id and ${withinReach(scope, 'readings.promises')}
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.lead_unit_id
    where t.city_id = ${scope.cityId} and (p.id is not null or (t.project_id is null and ${all}))
      ${projectId === undefined ? sql`` : sql`and t.project_id = ${projectId}`}
      ${unitId === undefined ? sql`` : sql`and p.lead_unit_id = ${unitId}`}
      ${what === undefined ? sql`` : sql`and t.what = ${what}`}
    order by t.said_on, t.id limit 5000`.execute(scope.db);
  return rows;
}

/** Each promised thing of each project, with every document that told of it and its drift. Overdue first, then by drift. */
export async function listPromises(scope: Scope, filter: Filter = {}): Promise<PromiseLine[]> {
  const told = await listTold(scope, filter);
  const byProject = Map.groupBy(told, (one) => one.projectId ?? `name ${one.projectName}`);
  const lines = [...byProject.values()].flatMap((ofProject) =>
    driftOf(ofProject, scope.today).map((line): PromiseLine => {
      const { projectId, projectName, unitId, unitName } = ofProject[0]!;
      return {
        projectId,
        projectName,
        unitId,
        unitName,
        what: line.what,
        unit: line.unit,
        state: line.state,
        fromFirst: line.fromFirst,
        fromLast: line.fromLast,
        demo: line.steps.some(({ told: one }) => one.demo),
        steps: line.steps.map(({ told: one, kind, fromFirst, fromLast }) => ({
          id: one.id,
          documentId: one.documentId,
          documentTitle: one.documentTitle,
          saidOn: one.documentDate,
          by: one.by,
          amountYuan: one.amountYuan,
          hedge: one.hedge,
          speaker: one.speaker,
          text: one.text,
          kind,
          fromFirst,
          fromLast,
        })),
      };
    }),
  );
  const urgent: PromiseLine['state'][] = ['overdue', 'broken', 'open', 'kept'];
  return lines
    .filter((line) => filter.state === undefined || line.state === filter.state)
    .sort(
      (a, b) =>
        urgent.indexOf(a.state) - urgent.indexOf(b.state) ||
        Math.abs(b.fromFirst ?? 0) - Math.abs(a.fromFirst ?? 0) ||
        a.projectName.localeCompare(b.projectName, 'zh'),
    );
}

/** How each lead unit keeps what was promised of its projects; the most broken and overdue first. */
export function leagueOf(lines: readonly PromiseLine[]): z.infer<typeof League> {
  const units = Map.groupBy(lines, (line) => line.unitId);
  return [...units]
    .map(([unitId, own]) => {
      const count = (state: PromiseLine['state']) => own.filter((line) => line.state === state).length;
      const days = own.flatMap((line) => (line.unit === 'days' && line.fromFirst !== null ? [line.fromFirst] : []));
      const sum = days.reduce((total, one) => total + one, 0);
      return {
        unitId,
        unitName: own[0]!.unitName,
        promises: own.length,
        kept: count('kept'),
        broken: count('broken'),
        overdue: count('overdue'),
        open: count('open'),
        moved: own.filter((line) => line.steps.some((step) => step.kind === 'moved')).length,
        meanDays: days.length === 0 ? null : Math.sign(sum) * Math.round(Math.abs(sum) / days.length),
      };
    })
    .sort((a, b) => b.broken + b.overdue - (a.broken + a.overdue) || b.promises - a.promises);
}
