import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, type Day } from '#core/shared/day.ts';
import {
  followRegister,
  insertGates,
  insertKnownMembers,
  insertKnownPauses,
  type KnownGate,
  type KnownMember,
  type KnownPause,
} from '#modules/lifecycle/server/public.ts';
import { type ProjectUpdate, updateProjects } from '#modules/projects/server/public.ts';
import { between, draw } from './draw.ts';

interface DemoProject {
  id: string;
  serial: number;
  board: string | null;
  stage: string;
  totalYuan: number | null;
  parentId: string | null;
  childCount: number;
  source: string | null;
  startPlanned: Day | null;
  startActual: Day | null;
  finishActual: Day | null;
  /** Accepted yuan of the three months before this one. */
  recentYuan: number;
}

const min = (a: Day, b: Day): Day => (a < b ? a : b);
const max = (a: Day, b: Day): Day => (a > b ? a : b);

/** Lives of the demonstration's projects: days of gates, some twenty pauses, and a reserve pool of about sixty. All 示例. */
export async function layOutLives(scope: Scope): Promise<void> {
  await moveFinished(scope, await listDemo(scope));
  // The job that follows the import may have been here already, or not yet: either way the gates stand now.
  await followRegister(scope, 'all');
  const projects = await listDemo(scope);
  await insertGates(
    scope,
    projects.flatMap((project) => gatesOf(project, scope.today)),
  );
  await insertKnownMembers(scope, membersOf(projects, scope.today));
  await insertKnownPauses(scope, pausesOf(projects, scope.today));
}

async function listDemo(scope: Scope): Promise<DemoProject[]> {
  const { rows } = await sql<DemoProject>`
    select p.id, p.serial, p.board, p.stage, p.total_yuan, p.parent_id, p.child_count, p.source, p.start_planned, p.start_actual,
           p.finish_actual, coalesce(sum(f.month_yuan), 0)::bigint as recent_yuan
    from projects.pub_project p
    left join filings.pub_accepted f on f.city_id = p.city_id and f.project_id = p.id
      and f.period between ${addMonths(scope.today, -3).slice(0, 7)} and ${addMonths(scope.today, -1).slice(0, 7)}
    where p.city_id = ${scope.cityId} and p.demo
    group by p.city_id, p.id, p.serial, p.board, p.stage, p.total_yuan, p.parent_id, p.child_count, p.source, p.start_planned,
             p.start_actual, p.finish_actual
    order by p.serial`.execute(scope.db);
  return rows;
}

const isIndustry = (project: DemoProject): boolean => project.board === '产业';
const isOwn = (project: DemoProject): boolean => project.source === null && project.parentId === null;

/** Some of what was finished long enough ago produces, or has reached full capacity; some reserve projects have signed. */
async function moveFinished(scope: Scope, projects: readonly DemoProject[]): Promise<void> {
  const updates = projects.flatMap((project): ProjectUpdate[] => {
    const { id, serial, stage, finishActual } = project;
    if (stage === 'reserve' && isOwn(project) && isIndustry(project) && draw(serial, 'signed') < 0.35)
      return [{ id, changes: { stage: 'signed' as const } }];
    if (stage !== 'completed' || finishActual === null || draw(serial, 'producing') > 0.7) return [];
    const produced = addDays(finishActual, between(serial, 'trial', 15, 45));
    if (produced > scope.today) return [];
    const full = addDays(produced, between(serial, 'capacity', 30, 90));
    return isIndustry(project) && full <= scope.today
      ? [{ id, changes: { stage: 'fullCapacity' as const, stageDates: { producing: produced, fullCapacity: full } } }]
      : [{ id, changes: { stage: 'producing' as const, stageDates: { producing: produced } } }];
  });
  await updateProjects(scope, updates, { kind: 'imported', reason: '示例城市' });
}

/** Days counted back from the start, or from today where work has not begun. */
function gatesOf(project: DemoProject, today: Day): KnownGate[] {
  const { id, serial, stage, startActual, finishActual } = project;
  const number = (office: string, day: Day) => `${office}（示例）〔${day.slice(0, 4)}〕${serial}号`;
  const gates: KnownGate[] = [];
  let at = min(startActual ?? addDays(today, -between(serial, 'waits', 5, 120)), today);
  if (stage !== 'reserve' && stage !== 'signed') {
    at = addDays(at, -between(serial, 'prepared', 40, 170));
    const documents = [{ kind: 'approval', number: number('岳发改', at) }];
    gates.push({ projectId: id, stage: 'preparation', on: at, documents });
  }
  if (isIndustry(project) && stage !== 'reserve') {
    at = addDays(at, -between(serial, 'signedFor', 30, 200));
    gates.push({
      projectId: id,
      stage: 'signed',
      on: at,
      documents: [{ kind: 'agreement', number: number('投资合同', at) }],
    });
  }
  at = addDays(at, -between(serial, 'reserved', 60, 300));
  gates.push({ projectId: id, stage: 'reserve', on: at });
  if (startActual && startActual <= today && stage !== 'started') {
    const works = min(addDays(startActual, between(serial, 'works', 15, 60)), finishActual ?? today);
    gates.push({ projectId: id, stage: 'building', on: min(works, today) });
  }
  return gates;
}

const kinds: readonly (readonly [board: string, kind: string, floorYuan: number])[] = [
  ['产业', 'manufacturing', 300_000_000],
  ['基础设施', 'infrastructure', 1_000_000_000],
  ['社会民生', 'social', 200_000_000],
  ['生态', 'social', 200_000_000],
];
const items = ['owner', 'approval', 'planning', 'land', 'environment', 'funds', 'energy'];

function membersOf(projects: readonly DemoProject[], today: Day): KnownMember[] {
  const year = Number(today.slice(0, 4));
  return projects.flatMap((project): KnownMember[] => {
    const { id, serial, board, stage, totalYuan, startActual } = project;
    const kind = kinds.find(([name, , floor]) => name === board && (totalYuan ?? 0) >= floor);
    if (!kind || !isOwn(project)) return [];
    const waits = ['reserve', 'signed', 'preparation'].includes(stage);
    // Of those that began, every third came out of the pool.
    if (!waits && (startActual === null || startActual > today || draw(serial, 'pool') > 0.34)) return [];
    const enteredOn = addDays(waits ? today : startActual!, -between(serial, 'entered', 40, waits ? 900 : 420));
    const isLapsed = waits && Number(enteredOn.slice(0, 4)) < year && draw(serial, 'carried') < 0.3;
    const reach = waits
      ? between(serial, 'mature', stage === 'reserve' ? 0 : 3, stage === 'reserve' ? 4 : 6)
      : items.length;
    const poolYear = isLapsed ? year - 1 : waits ? year : Number(startActual!.slice(0, 4));
    return [
      {
        projectId: id,
        kind: kind[1],
        enteredOn,
        poolYear,
        items: items.slice(0, reach).map((item, i) => ({
          item,
          doneOn: min(addDays(enteredOn, 12 * (i + 1)), today),
          document: `${item === 'owner' ? '会议纪要' : '批复'}（示例）${serial}-${i + 1}`,
        })),
      },
    ];
  });
}

type Story = Pick<KnownPause, 'reasonCode' | 'reason' | 'steps'> & { news: string };
const stories: readonly Story[] = [
  {
    reasonCode: 'funds',
    reason: '银行贷款第二笔未放款',
    steps: '补充担保，完成放款审批',
    news: '担保材料已补充，银行审批中',
  },
  {
    reasonCode: 'clearance',
    reason: '红线内 6 户房屋未签约',
    steps: '入户协商，限期腾地',
    news: '已签约 4 户，剩余 2 户协商中',
  },
  {
    reasonCode: 'land',
    reason: '用地报批未完成，二期地块不能交付',
    steps: '完成组卷上报',
    news: '组卷材料已报省，等待批复',
  },
  {
    reasonCode: 'design',
    reason: '地质条件变化，基础设计须调整',
    steps: '完成变更设计和审查',
    news: '变更设计已完成，审图中',
  },
  { reasonCode: 'dispute', reason: '施工合同结算争议', steps: '第三方造价鉴定后续签', news: '鉴定机构已进场' },
  {
    reasonCode: 'environment',
    reason: '临近水源保护区，须补充环评',
    steps: '补充环评报告并取得批复',
    news: '报告已送审',
  },
  {
    reasonCode: 'market',
    reason: '产品价格下行，企业放缓投资',
    steps: '企业调整产品方案',
    news: '企业董事会拟四季度恢复投资',
  },
  { reasonCode: 'permits', reason: '施工许可证到期未延', steps: '补办延期手续', news: '延期材料已受理' },
];

function pausesOf(projects: readonly DemoProject[], today: Day): KnownPause[] {
  const resting = projects
    .filter(
      (p) =>
        isOwn(p) &&
        p.childCount === 0 &&
        p.stage === 'building' &&
        p.startActual &&
        p.startActual < addDays(today, -300),
    )
    .toSorted((a, b) => a.recentYuan / (a.totalYuan || 1) - b.recentYuan / (b.totalYuan || 1) || a.serial - b.serial)
    .slice(0, 20);
  const waiting = projects
    .filter(
      (p) =>
        isOwn(p) &&
        p.childCount === 0 &&
        p.stage === 'preparation' &&
        p.startPlanned &&
        p.startPlanned < addDays(today, -30),
    )
    .slice(0, 4);
  return [...resting, ...waiting].map((project, i): KnownPause => {
    const { id, serial } = project;
    const { news, ...story } = stories[i % stories.length]!;
    const isOver = i % 4 === 3 && project.stage === 'building';
    const rested = addDays(today, -between(serial, 'paused', isOver ? 200 : 25, 290));
    // What has not begun is put off after its preparation only.
    const prepared = gatesOf(project, today).find((gate) => gate.stage === 'preparation')?.on ?? rested;
    const fromOn = project.startActual ? rested : min(max(rested, addDays(prepared, 5)), addDays(today, -3));
    const resumePlanned = addDays(fromOn, between(serial, 'estimate', 90, 180));
    const resumedOn = isOver ? addDays(fromOn, between(serial, 'rested', 60, 150)) : null;
    // One update in each quarter after the first; every second pause lacks those since the last whole quarter.
    const updates: KnownPause['updates'][number][] = [];
    let due = resumePlanned;
    for (
      let on = addDays(addMonths(quarterStart(fromOn), 3), between(serial, 'reports', 20, 80));
      on < min(resumedOn ?? today, today);
      on = addMonths(on, 3)
    ) {
      const isMoved = due < addDays(on, 30);
      if (isMoved) due = max(addMonths(due, 3), addDays(on, 60));
      updates.push({
        on,
        situation: news,
        steps: story.steps,
        resumeDue: due,
        ...(isMoved && { reason: '前置条件未按期解决' }),
      });
    }
    const lastQuarter = addMonths(quarterStart(today), -3);
    const kept = resumedOn === null && i % 2 === 0 ? updates.filter(({ on }) => on < lastQuarter) : updates;
    const kind = project.stage === 'building' && i % 7 !== 5 ? 'suspended' : 'delayed';
    return { projectId: id, kind, ...story, fromOn, resumePlanned, updates: kept, resumedOn };
  });
}

const quarterStart = (day: Day): Day =>
  `${day.slice(0, 4)}-${String(Number(day.slice(5, 7)) - ((Number(day.slice(5, 7)) - 1) % 3)).padStart(2, '0')}-01`;
