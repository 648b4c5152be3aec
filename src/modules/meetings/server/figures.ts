import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { explainLight } from '#modules/dispatch/server/public.ts';
import { listMatters, matterWithinReach } from '#modules/ledger/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { findProject, listMilestones, listPlans, withinReach } from '#modules/projects/server/public.ts';
import type { Figures, MatterFigures, NowLine, ProjectFigures } from '../shapes.ts';
import { followUp } from './facts.ts';
import type { MeetingRecord } from './store.ts';
import type { AgendaItemTable } from './tables.ts';

/** What the page of an item shows, worked out now. The caller keeps it: nothing that happens later changes the page. */
export async function figuresOf(
  scope: Scope,
  meeting: MeetingRecord,
  item: Pick<AgendaItemTable, 'source' | 'projectId' | 'matterId'>,
): Promise<Figures> {
  if (item.source === 'followUp') return { kind: 'followUp', rows: (await followUp(scope, meeting)).rows };
  if (item.matterId) return (await matterFigures(scope, item.matterId)) ?? { kind: 'text' };
  if (item.projectId) return (await projectFigures(scope, item.projectId)) ?? { kind: 'text' };
  return { kind: 'text' };
}

async function projectFigures(scope: Scope, id: string): Promise<ProjectFigures | null> {
  const project = await findProject(scope, id);
  if (!project) return null;
  const why = await explainLight(scope, id);
  const units = await unitNames(
    scope,
    [project.countyUnitId, project.commandUnitId, project.ownerUnitId].filter((unitId) => unitId !== null),
  );
  const nameOf = (unitId: string | null) => (unitId === null ? null : (units.get(unitId)?.name ?? null));
  const year = `${yearOf(scope.today)}-`;
  const { rows: months } = await sql<{ period: string; cumulativeYuan: number }>`
    select period, cumulative_yuan from filings.pub_accepted
    where city_id = ${scope.cityId} and project_id = ${id} and period like ${`${year}%`} order by period`.execute(
    scope.db,
  );
  const { rows: texts } = await sql<{ imageProgress: string | null; problems: string | null }>`
    select image_progress, problems from filings.pub_text
    where city_id = ${scope.cityId} and project_id = ${id} and kind = 'monthly' order by period desc limit 1`.execute(
    scope.db,
  );
  const { rows: photos } = await sql<{ fileId: string }>`
    select file_id from filings.pub_photo
    where city_id = ${scope.cityId} and project_id = ${id} and counts order by period desc, taken_at desc nulls last limit 3`.execute(
    scope.db,
  );
  const milestones = await listMilestones(scope, id);
  const open = milestones.filter((m) => m.actual === null).slice(0, 3);
  const reached = milestones.filter((m) => m.actual !== null).slice(-2);
  return {
    kind: 'project',
    name: project.name,
    countyName: nameOf(project.countyUnitId),
    commandName: nameOf(project.commandUnitId),
    ownerName: nameOf(project.ownerUnitId) ?? project.ownerText,
    leaderName: project.leaderName,
    light: why.light,
    since: why.since,
    reasons: why.checks
      .filter((check) => check.light === 'late' || check.light === 'warn')
      .map((check) => ({
        zh: `${check.name.zh}：${check.result.zh}`,
        en: `${check.name.en}: ${check.result.en}`,
      })),
    totalYuan: project.totalYuan,
    planYuan: why.planYuan,
    doneYuan: why.doneYuan,
    gapPoints: why.gapPoints,
    clockShare: why.clock.share,
    months,
    period: why.acceptedPeriod,
    imageProgress: texts[0]?.imageProgress || null,
    problems: texts[0]?.problems || null,
    goal: (await listPlans(scope, id)).find((plan) => plan.year === yearOf(scope.today))?.goal || null,
    startPlanned: project.startPlanned,
    startActual: project.startActual,
    finishPlanned: project.finishPlanned,
    turnsGreen: why.turnsGreen.map((need) => (need.kind === 'record' ? need.words : amountWords(need))),
    milestones: [...reached, ...open].map((m) => ({
      name: m.name,
      due: m.due?.day ?? null,
      actual: m.actual?.day ?? null,
    })),
    photos: [...new Set(photos.map((photo) => photo.fileId))],
  };
}

const inYi = (yuan: number) => (yuan / 100_000_000).toFixed(2);
const amountWords = ({ on, yuan, shortYuan }: { on: string; yuan: number; shortYuan: number }) => ({
  zh: `到 ${on} 累计完成 ${inYi(yuan)} 亿元，还差 ${inYi(shortYuan)} 亿元`,
  en: `CNY ${Math.round(yuan / 1_000_000)} mn done by ${on}: ${Math.round(shortYuan / 1_000_000)} mn are missing`,
});

async function matterFigures(scope: Scope, id: string): Promise<MatterFigures | null> {
  const [row] = await listMatters(scope, [id]);
  if (!row) return null;
  const { rows: last } = await sql<{ text: string | null }>`
    select text from ledger.pub_event where city_id = ${scope.cityId} and matter_id = ${id} and act in ('report', 'claim')
    order by seq desc limit 1`.execute(scope.db);
  const { rows: co } = await sql<{ unitId: string }>`
    select unit_id from ledger.pub_party where city_id = ${scope.cityId} and matter_id = ${id} and role = 'co'`.execute(
    scope.db,
  );
  const names = await unitNames(
    scope,
    co.map((c) => c.unitId),
  );
  return {
    kind: 'matter',
    no: row.no,
    title: row.title,
    projectName: row.projectName,
    unitName: row.leadUnitName,
    coNames: co.flatMap((c) => names.get(c.unitId)?.name ?? []),
    level: row.level,
    state: row.state,
    light: row.light,
    raisedOn: row.raisedOn,
    issuedOn: row.issuedOn,
    dueOriginal: row.dueOriginal,
    dueCurrent: row.dueCurrent,
    progressOn: row.progressOn,
    returns: row.returns,
    extensions: row.extensions,
    lastReport: last[0]?.text ?? null,
  };
}

type Shown = Pick<AgendaItemTable, 'id' | 'projectId' | 'matterId' | 'figures'>;

/** How things stand now where that is no longer what a page says; only of what the reader may see by himself. */
export async function nowLines(scope: Scope, items: readonly Shown[]): Promise<Map<string, NowLine>> {
  const lines = new Map<string, NowLine>();
  const projectIds = items.flatMap((item) =>
    item.figures?.kind === 'project' && item.projectId ? [item.projectId] : [],
  );
  const matterIds = items.flatMap((item) => (item.figures?.kind === 'matter' && item.matterId ? [item.matterId] : []));
  const { rows: standings } = await sql<{
    id: string;
    light: string;
    doneYuan: number | null;
    gapPoints: number | null;
  }>`
    select p.id, s.light, s.done_yuan, s.gap_points from projects.pub_project p
    join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)}
    where p.city_id = ${scope.cityId} and p.id = any(${projectIds}::uuid[]) and ${withinReach(scope, 'projects.read')}`.execute(
    scope.db,
  );
  const matters = scope.can('ledger.read') && matterIds.length > 0 ? await listMatters(scope, matterIds) : [];
  const standingOf = new Map(standings.map((row) => [row.id, row]));
  const matterOf = new Map(matters.map((row) => [row.id, row]));
  const none: NowLine = { light: null, doneYuan: null, gapPoints: null, state: null, dueCurrent: null };
  for (const { id, projectId, matterId, figures } of items) {
    const standing = projectId === null ? undefined : standingOf.get(projectId);
    if (figures?.kind === 'project' && standing) {
      const { light, doneYuan, gapPoints } = standing;
      if (light !== figures.light || doneYuan !== figures.doneYuan)
        lines.set(id, { ...none, light, doneYuan, gapPoints });
    }
    const matter = matterId === null ? undefined : matterOf.get(matterId);
    if (figures?.kind === 'matter' && matter) {
      const { light, state, dueCurrent } = matter;
      if (light !== figures.light || state !== figures.state || dueCurrent !== figures.dueCurrent)
        lines.set(id, { ...none, light, state, dueCurrent });
    }
  }
  return lines;
}

/** Whether the matter is there for the caller. */
export async function isMatterSeen(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.id = ${id} and ${matterWithinReach(scope)}`.execute(scope.db);
  return rows.length > 0;
}
