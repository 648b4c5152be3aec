import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { callOf } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { recordNote } from '#modules/ledger/server/public.ts';
import { findHeadquarters } from '#modules/organization/server/public.ts';
import { type SheetColour, sheetNumber, stepOf } from '../rule-sets.ts';
import type { SheetContent } from '../shapes.ts';
import { colourFault, type Proposal } from '../sheet.ts';
import { type ApprovalRow, listApprovals, listFacts, type MatterFacts, proposalsOf } from './facts.ts';
import { getLeader, type Leader } from './leaders.ts';
import { jsonb, type SheetTable, tables } from './tables.ts';

export interface IssueItem {
  matterId: string;
  colour: SheetColour;
  limitOn?: Day | undefined;
}
interface Refusal {
  matterId: string;
  no: string | null;
  reason: Words;
}

/**
 * Issues sheets by the rules as they stand now, not as the page showed them: what is not due is refused and says why, the
 * others go out. One at a time in a city, so that numbers run on and nobody gets the same sheet twice.
 * @throws Problem 404 when none of the matters may be seen, 422 not_a_leader
 */
export async function issueSheets(
  scope: Scope,
  { items, approval }: { items: readonly IssueItem[]; approval?: { leaderId: string; on: Day } | undefined },
) {
  await lockIssuing(scope);
  const wanted = new Map(items.map((item) => [item.matterId, item]));
  const matters = await listFacts(scope, [...wanted.keys()], ['supervision.sheet']);
  const proposals = new Map((await proposalsOf(scope, matters)).map((p) => [p.matter.id, p.proposal]));
  const isRed = items.some((item) => item.colour === 'red');
  if (approval && isRed) {
    if (!scope.can('supervision.approve')) throw notFound({ zh: '领导批准', en: 'approval' });
    const reds = matters.filter((m) => wanted.get(m.id)!.colour === 'red' && proposals.has(m.id));
    await approveSheets(scope, reds, await getLeader(scope, approval.leaderId), approval.on);
  }
  const approvals = await listApprovals(scope, [...wanted.keys()]);
  const refused: Refusal[] = [];
  const ready: { m: MatterFacts; proposal: Proposal; item: IssueItem; limitOn: Day; approved: ApprovalRow | null }[] =
    [];
  for (const [matterId, item] of wanted) {
    const m = matters.find((one) => one.id === matterId);
    if (!m) {
      refused.push({ matterId, no: null, reason: unseen });
      continue;
    }
    const proposal = proposals.get(matterId) ?? null;
    const approved = approvals.find((a) => a.matterId === matterId && a.round === m.reopens) ?? null;
    const limitOn = item.limitOn ?? proposal?.limitOn ?? null;
    const fault =
      colourFault(proposal, item.colour)?.words ??
      (item.colour === 'red' && !approved ? unapproved : null) ??
      (limitOn === null || limitOn <= scope.today ? badLimit : null);
    if (fault) refused.push({ matterId, no: m.no, reason: fault });
    else ready.push({ m, proposal: proposal!, item, limitOn: limitOn!, approved });
  }
  const frame = await frameOf(
    scope,
    ready.map(({ m }) => m),
  );
  const done: { id: string; no: string; matterId: string }[] = [];
  for (const { m, proposal, item, limitOn, approved } of ready) {
    const no = await takeNumber(scope, item.colour);
    const sheet = sheetOf(scope, frame, { m, proposal, colour: item.colour, limitOn, approved, no });
    await insertSheet(scope, sheet);
    await tellSheet(scope, sheet, m);
    done.push({ id: sheet.id, no, matterId: m.id });
  }
  return { done, refused };
}

const unseen: Words = {
  zh: '事项不在办理中，或不在您的职责范围内',
  en: 'The matter is not open, or not within your reach',
};
const unapproved: Words = {
  zh: '红色督查单须先经领导批准并登记批准日期',
  en: 'A red sheet needs a leader’s approval with its date first',
};
const badLimit: Words = {
  zh: '请填写答复时限，应晚于今天',
  en: 'Give the sheet’s own limit, after today',
};

/** Held until the commit: whoever issues next sees what was issued here. */
const lockIssuing = (scope: Scope) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`supervision.issue ${scope.cityId}`}, 0))`.execute(scope.db);

export async function takeNumber(scope: Scope, colour: SheetColour, year = yearOf(scope.today)): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into supervision.number_series (city_id, colour, year, last) values (${scope.cityId}, ${colour}, ${year}, 1)
    on conflict (city_id, colour, year) do update set last = number_series.last + 1 returning last`.execute(scope.db);
  return sheetNumber(colour, year, rows[0]!.last);
}

/** What is the same for all sheets of one issue. */
interface Frame {
  issuer: string;
  origin: string;
  coUnits: Map<string, string[]>;
}

export async function frameOf(scope: Scope, matters: readonly MatterFacts[]): Promise<Frame> {
  const headquarters = await findHeadquarters(scope);
  const { rows } = await sql<{ matterId: string; name: string }>`
    select p.matter_id, u.name from ledger.pub_party p
    join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
    where p.city_id = ${scope.cityId} and p.role = 'co' and p.matter_id = any(${matters.map((m) => m.id)}::uuid[])
    order by u.position, u.name`.execute(scope.db);
  const { config } = scope.effects.host;
  const request = callOf(scope)?.request.url;
  return {
    issuer: `${headquarters?.name ?? '总指挥部'}办公室`,
    // Without a public address the QR code leads to where this page was opened.
    origin:
      config.publicUrl ??
      (request?.startsWith('http') ? new URL(request).origin : `http://${config.host}:${config.port}`),
    coUnits: new Map([...Map.groupBy(rows, (row) => row.matterId)].map(([id, of]) => [id, of.map((row) => row.name)])),
  };
}

const sourceWords: Record<string, string> = {
  self: '单位自报',
  site: '现场发现',
  meeting: '会议议定',
  inspection: '督查检查',
  public: '群众反映',
  document: '文件部署',
  leader: '领导批示',
  platform: '平台预警',
  duty: '值班接报',
};

/** Days inside a sentence as documents write them: 2021年9月5日. */
const daysWritten = (text: string): string =>
  text.replace(/(\d{4})-(\d{2})-(\d{2})/g, (_, year, month, day) => `${year}年${Number(month)}月${Number(day)}日`);

export function sheetOf(
  scope: Scope,
  frame: Frame,
  of: {
    m: MatterFacts;
    proposal: Proposal;
    colour: SheetColour;
    limitOn: Day;
    approved: Pick<ApprovalRow, 'leaderId' | 'leaderName' | 'approvedOn'> | null;
    no: string;
    /** For what is brought in from the past. */
    on?: Day;
    byName?: string;
  },
): SheetTable {
  const { m, proposal, colour, limitOn, no, on = scope.today, byName = scope.actor.name } = of;
  const step = stepOf(m.rules, colour)!;
  const approved = colour === 'red' ? of.approved : null;
  const content: SheetContent = {
    no,
    colour,
    ruleSet: m.rules.code,
    title: step.title,
    measure: step.measure.zh,
    matterNo: m.no,
    matterTitle: m.title,
    source: m.sourceTitle ?? sourceWords[m.sourceKind] ?? m.sourceKind,
    leadUnit: m.leadUnitName ?? '未明确',
    leadLeader: m.leadLeaderName,
    coUnits: frame.coUnits.get(m.id) ?? [],
    matterIssuedOn: m.issuedOn,
    dueOriginal: m.dueOriginal,
    dueCurrent: m.dueCurrent,
    why: daysWritten(proposal.why.zh),
    demand: step.demand.replaceAll('{limit}', daysWritten(limitOn)),
    limitOn,
    former: proposal.former?.no ?? null,
    approver: approved && { name: approved.leaderName, on: approved.approvedOn },
    issuer: frame.issuer,
    issuedOn: on,
    address: `${frame.origin}/matters/${m.id}`,
    demo: m.demo,
  };
  return {
    cityId: scope.cityId,
    id: newId(),
    matterId: m.id,
    leadUnitId: m.leadUnitId,
    colour,
    no,
    ruleSet: m.rules.code,
    rule: proposal.rule,
    round: m.reopens,
    limitOn,
    content,
    state: 'issued',
    issuedOn: on,
    issuedAt: on === scope.today ? scope.now : new Date(`${on}T02:00:00Z`),
    issuedBy: scope.actor.id,
    issuedByName: byName,
    approverId: approved?.leaderId ?? null,
    approverName: approved?.leaderName ?? null,
    approvedOn: approved?.approvedOn ?? null,
    answer: null,
    answeredOn: null,
    answeredBy: null,
    answeredByName: null,
    revokedOn: null,
    demo: m.demo,
  };
}

export const insertSheet = (scope: Scope, sheet: SheetTable) =>
  tables(scope)
    .insertInto('supervision.sheet')
    .values({ ...sheet, content: jsonb(sheet.content) })
    .execute();

/** How a sheet stands in the history of its matter. */
export const sheetWords = ({ no, content }: SheetTable): string => `发${content.title} ${no}：${content.why}`;
export const sheetPayload = ({ id, no, colour, limitOn, rule, ruleSet }: SheetTable) => ({
  sheetId: id,
  no,
  colour,
  limitOn,
  rule,
  ruleSet,
});

async function tellSheet(scope: Scope, sheet: SheetTable, m: MatterFacts): Promise<void> {
  const { no, colour, limitOn } = sheet;
  await recordNote(scope, m.id, { act: 'sheet', text: sheetWords(sheet), payload: sheetPayload(sheet) });
  audited(scope, {
    subject: 'supervision.sheet',
    id: sheet.id,
    after: { no, matter: m.no, rule: sheet.rule, limitOn },
  });
  await emit(scope, {
    topic: 'supervision.sheetIssued',
    unitIds: m.leadUnitId === null ? [] : [m.leadUnitId],
    data: { sheetId: sheet.id, matterId: m.id, no, colour, limitOn, leadUnitId: m.leadUnitId, title: m.title },
  });
}

/** Records that a leader agreed to red sheets for these matters in their present round. @throws Problem 422 in_the_future */
export async function approveSheets(
  scope: Scope,
  matters: readonly MatterFacts[],
  leader: Leader,
  on: Day,
  note: string | null = null,
): Promise<number> {
  if (on > scope.today)
    throw invalid('in_the_future', { zh: '批准日期不能晚于今天', en: 'The day of approval is in the future' }, 'on');
  if (matters.length === 0) return 0;
  await tables(scope)
    .insertInto('supervision.approval')
    .values(
      matters.map((m) => ({
        cityId: scope.cityId,
        matterId: m.id,
        round: m.reopens,
        leaderId: leader.id,
        leaderName: leader.name,
        approvedOn: on,
        note,
        recordedBy: scope.actor.id,
        recordedByName: scope.actor.name,
        at: scope.now,
      })),
    )
    // The first approval stands: it is not rewritten by somebody else's.
    .onConflict((c) => c.doNothing())
    .execute();
  for (const m of matters)
    audited(scope, { subject: 'supervision.approval', id: m.id, after: { leader: leader.name, on, matter: m.no } });
  return matters.length;
}
