import type { Words } from '#core/shared/words.ts';

/** Where an item of an agenda comes from, in the order in which a meeting takes them (dispatch.md §2.2, §5 line 16). */
export const agendaSources = ['followUp', 'late', 'warn', 'overdue', 'request', 'hand'] as const;
export type AgendaSource = (typeof agendaSources)[number];

export interface FollowUpFact {
  id: string;
  state: string;
  light: string;
  leadUnitId: string | null;
}
export interface ProjectFact {
  id: string;
  name: string;
  light: 'late' | 'warn';
  /** Percentage points against the clock; negative is behind. */
  gapPoints: number | null;
  planYuan: number | null;
  since: string;
  unitId: string | null;
}
export interface MatterFact {
  id: string;
  no: string;
  title: string;
  projectId: string | null;
  leadUnitId: string | null;
  dueCurrent: string;
  daysOver: number;
  extensions: number;
}
export interface RequestFact {
  /** promise: a day that a document promised of the project has passed. */
  kind: 'escalated' | 'extension' | 'filing' | 'promise';
  title: string;
  projectId: string | null;
  matterId: string | null;
  unitId: string | null;
  /** Its level, the day asked for, the words of the filing, or the document that promised. */
  detail: string;
  level?: 'command' | 'headquarters';
  on: string;
}
export interface AgendaFacts {
  /** Title of the last meeting of the kind; null when this is the first. */
  previousTitle: string | null;
  followUp: readonly FollowUpFact[];
  projects: readonly ProjectFact[];
  overdue: readonly MatterFact[];
  requests: readonly RequestFact[];
}

export interface ProposedItem {
  source: AgendaSource;
  title: string;
  projectId: string | null;
  matterId: string | null;
  presenterUnitId: string | null;
  minutes: number;
  why: Words[];
}

/** How many of each a meeting can take; what is left out is said, never dropped in silence. */
export type AgendaLimits = Record<'late' | 'warn' | 'overdue' | 'request', number>;
export const usualLimits: AgendaLimits = { late: 6, warn: 3, overdue: 4, request: 4 };

const usualMinutes: Record<AgendaSource, number> = { followUp: 15, late: 6, warn: 4, overdue: 5, request: 6, hand: 5 };
export const minutesFor = (source: AgendaSource): number => usualMinutes[source];

export const followUpTitle = '上次会议议定事项落实情况';

/** Words in which a filing asks somebody for something. A problem that is only reported asks for nothing. */
export const asksForCoordination = (text: string): boolean =>
  /协调|提请|恳请|请求|请.{0,12}(支持|解决|帮助|研究|明确)|需.{0,16}(支持|解决)/.test(text);

/**
 * The agenda in its order, each item with why it is there: the last meeting's decisions, red then yellow projects (the
 * most money behind first), overdue matters (the longest over first), requests. What concerns one project or matter twice
 * stands once, with both reasons.
 */
export function assembleAgenda(
  facts: AgendaFacts,
  limits: AgendaLimits = usualLimits,
): { items: ProposedItem[]; leftOut: AgendaLimits; all: ProposedItem[] } {
  const first = followUpItem(facts);
  const behind = (light: 'late' | 'warn') =>
    facts.projects
      .filter((p) => p.light === light)
      .sort(furthestBehind)
      .map(projectItem);
  const groups = {
    late: behind('late'),
    warn: behind('warn'),
    overdue: [...facts.overdue].sort((a, b) => b.daysOver - a.daysOver || (a.no < b.no ? -1 : 1)).map(overdueItem),
    request: [...facts.requests].sort(mostPressing).map(requestItem),
  };
  const all: ProposedItem[] = first ? [first] : [];
  for (const item of Object.values(groups).flat()) {
    const same = all.find(
      (one) =>
        (item.matterId !== null && one.matterId === item.matterId) ||
        (item.matterId === null &&
          item.projectId !== null &&
          one.matterId === null &&
          one.projectId === item.projectId),
    );
    if (same) same.why.push(...item.why);
    else all.push(item);
  }
  const leftOut: AgendaLimits = { late: 0, warn: 0, overdue: 0, request: 0 };
  const taken: AgendaLimits = { late: 0, warn: 0, overdue: 0, request: 0 };
  const items = all.filter(({ source }) => {
    if (source === 'followUp' || source === 'hand') return true;
    taken[source] += 1;
    if (taken[source] <= limits[source]) return true;
    leftOut[source] += 1;
    return false;
  });
  return { items, leftOut, all };
}

function followUpItem({ previousTitle, followUp }: AgendaFacts): ProposedItem | null {
  if (previousTitle === null || followUp.length === 0) return null;
  const done = followUp.filter((one) => one.light === 'done').length;
  const red = followUp.filter((one) => one.light === 'red').length;
  return {
    source: 'followUp',
    title: followUpTitle,
    projectId: null,
    matterId: null,
    presenterUnitId: null,
    minutes: usualMinutes.followUp,
    why: [
      {
        zh: `${previousTitle}及以前议定 ${followUp.length} 项：已销号 ${done} 项，逾期 ${red} 项`,
        en: `${followUp.length} decisions of ${previousTitle} and before: ${done} closed, ${red} overdue`,
      },
    ],
  };
}

/** Yuan by which it is behind the clock of its plan; the large project that is a little late weighs as the small one that stands still. */
const shortYuan = ({ gapPoints, planYuan }: ProjectFact): number =>
  Math.max(0, (-(gapPoints ?? 0) / 100) * (planYuan ?? 0));

const furthestBehind = (a: ProjectFact, b: ProjectFact): number =>
  shortYuan(b) - shortYuan(a) ||
  (a.gapPoints ?? 0) - (b.gapPoints ?? 0) ||
  (b.planYuan ?? 0) - (a.planYuan ?? 0) ||
  (a.id < b.id ? -1 : 1);

const shown = (points: number) => Math.abs(points).toFixed(1);

function projectItem(p: ProjectFact): ProposedItem {
  const [zh, en] = p.light === 'late' ? ['红灯', 'Red'] : ['黄灯', 'Yellow'];
  const isBehind = p.gapPoints !== null && p.gapPoints < 0;
  const yi = (shortYuan(p) / 100_000_000).toFixed(2);
  const hasYi = Number(yi) > 0;
  return {
    source: p.light,
    title: p.name,
    projectId: p.id,
    matterId: null,
    presenterUnitId: p.unitId,
    minutes: usualMinutes[p.light],
    why: [
      {
        zh: `${zh}，自 ${p.since} 起${isBehind ? `，欠时序 ${shown(p.gapPoints!)} 个百分点${hasYi ? `、${yi} 亿元` : ''}` : ''}`,
        en: `${en} since ${p.since}${isBehind ? `, ${shown(p.gapPoints!)} points${hasYi ? `, CNY ${(Number(yi) * 100).toFixed(0)} mn` : ''} behind the clock` : ''}`,
      },
    ],
  };
}

const overdueItem = (m: MatterFact): ProposedItem => ({
  source: 'overdue',
  title: m.title,
  projectId: m.projectId,
  matterId: m.id,
  presenterUnitId: m.leadUnitId,
  minutes: usualMinutes.overdue,
  why: [
    {
      zh: `${m.no} 逾期 ${m.daysOver} 日（期限 ${m.dueCurrent}${m.extensions > 0 ? `，已延期 ${m.extensions} 次` : ''}）`,
      en: `${m.no} is ${m.daysOver} days over (due ${m.dueCurrent}${m.extensions > 0 ? `, extended ${m.extensions} times` : ''})`,
    },
  ],
});

const pressing = (r: RequestFact) =>
  r.kind === 'escalated' ? (r.level === 'headquarters' ? 0 : 1) : { extension: 2, promise: 3, filing: 4 }[r.kind];
const mostPressing = (a: RequestFact, b: RequestFact): number =>
  pressing(a) - pressing(b) || (a.on < b.on ? -1 : a.on > b.on ? 1 : a.title < b.title ? -1 : 1);

function requestItem(r: RequestFact): ProposedItem {
  const why: Record<RequestFact['kind'], Words> = {
    escalated: {
      zh: `${r.on} 提级至${r.level === 'headquarters' ? '总指挥部' : '协调指挥部'}研究`,
      en: `Raised to the ${r.level === 'headquarters' ? 'headquarters' : 'command post'} on ${r.on}`,
    },
    extension: { zh: `${r.on} 申请延期至 ${r.detail}`, en: `More time asked for on ${r.on}, until ${r.detail}` },
    filing: { zh: `填报提请协调：${r.detail}`, en: `The filing asks for coordination: ${r.detail}` },
    promise: {
      zh: `承诺 ${r.on} 未兑现（${r.detail}）`,
      en: `Promised for ${r.on} and not kept (${r.detail})`,
    },
  };
  return {
    source: 'request',
    title: r.title,
    projectId: r.projectId,
    matterId: r.matterId,
    presenterUnitId: r.unitId,
    minutes: usualMinutes.request,
    why: [why[r.kind]],
  };
}

/** Items put into the order of `ids`; those that are not named keep their order behind. */
export function ordered<T extends { id: string }>(items: readonly T[], ids: readonly string[]): T[] {
  const place = new Map(ids.map((id, i) => [id, i]));
  return [...items].sort((a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length));
}
