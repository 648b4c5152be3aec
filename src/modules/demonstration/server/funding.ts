import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, endOfMonth } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import {
  announceFunding,
  type EntryToInsert,
  insertBonds,
  insertContracts,
  insertEntries,
  insertModifications,
  insertRevisions,
  keepRegistered,
} from '#modules/funding/server/public.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import { setTotalYuan } from '#modules/projects/server/public.ts';
import { between, draw } from './draw.ts';

const by = '示例填报员';
const sample = '示例';
const wan = 10_000;
/** To whole 万元, as people plan. */
const round = (yuan: number): number => Math.round(yuan / wan) * wan;

interface Row {
  id: string;
  serial: number;
  board: string | null;
  source: string | null;
  totalYuan: number;
  planYuan: number;
  /** Accepted yuan of the year by month, and of the year before. */
  months: Record<string, number> | null;
  beforeYuan: number | null;
}

/** Sources by board, with their parts of the year's plan. */
const mixes: Record<string, readonly Record<string, number>[]> = {
  产业: [
    { own: 0.6, loan: 0.4 },
    { own: 0.45, loan: 0.35, social: 0.2 },
    { own: 0.7, foreign: 0.3 },
  ],
  基础设施: [
    { bond: 0.5, local: 0.3, loan: 0.2 },
    { central: 0.2, province: 0.2, local: 0.2, loan: 0.4 },
    { bond: 0.6, own: 0.4 },
  ],
  社会民生: [
    { bond: 0.55, local: 0.45 },
    { central: 0.35, province: 0.15, local: 0.5 },
  ],
  生态: [
    { central: 0.4, province: 0.2, local: 0.4 },
    { bond: 0.5, local: 0.5 },
  ],
};

const issues = [
  { issuedOn: '2020-10-20', ratePercent: '3.64', termYears: 15, name: '2020年湖南省政府专项债券（示例八期）' },
  { issuedOn: '2021-03-18', ratePercent: '3.62', termYears: 15, name: '2021年湖南省政府专项债券（示例一期）' },
  { issuedOn: '2021-04-22', ratePercent: '3.58', termYears: 10, name: '2021年湖南省政府专项债券（示例二期）' },
  { issuedOn: '2021-06-10', ratePercent: '3.71', termYears: 20, name: '2021年湖南省政府专项债券（示例三期）' },
  { issuedOn: '2021-07-15', ratePercent: '3.47', termYears: 15, name: '2021年湖南省政府专项债券（示例四期）' },
  { issuedOn: '2021-09-08', ratePercent: '3.39', termYears: 10, name: '2021年湖南省政府专项债券（示例五期）' },
];

/**
 * Money of the projects that build: plans by source, arrivals and monthly payments that follow what was reported, six
 * issues of special bonds, eighty contracts. Some are paid far less than they report, some more than arrived. All 示例.
 */
export async function layOutFunding(scope: Scope): Promise<number> {
  const year = scope.today.slice(0, 4);
  const { rows } = await sql<Row>`
    select p.id, p.serial, p.board, p.source, p.total_yuan, pl.plan_yuan, before.yuan as before_yuan,
      (select jsonb_object_agg(a.period, a.month_yuan) from filings.pub_accepted a
        where a.city_id = p.city_id and a.project_id = p.id and a.period like ${`${year}-%`}) as months
    from projects.pub_project p
    join projects.pub_plan pl on pl.city_id = p.city_id and pl.project_id = p.id and pl.year = ${Number(year)} and pl.plan_yuan > 0
    left join lateral (select sum(a.month_yuan)::bigint as yuan from filings.pub_accepted a
      where a.city_id = p.city_id and a.project_id = p.id and a.period like ${`${Number(year) - 1}-%`}) before on true
    where p.city_id = ${scope.cityId} and p.child_count = 0 and p.total_yuan is not null and p.start_actual is not null
    order by p.serial`.execute(scope.db);
  const known = rows.filter((row) => draw(row.serial, 'funded') < 0.85);
  await keepRegistered(scope);
  const bondIds = issues.map(() => newId());
  const contracts = contractsOf(known, year);
  const works = known.map((row) => moneyOf(scope, row, Number(year), bondIds, contracts.main.get(row.id)));
  await layOutBonds(scope, works, bondIds);
  await insertContracts(scope, contracts.all);
  await insertModifications(scope, contracts.changes);
  await insertEntries(
    scope,
    works.flatMap((work) => work.entries),
  );
  await layOutRevisions(scope, known, year);
  await announceFunding(scope, known.length);
  return known.length;
}

interface Work {
  row: Row;
  entries: EntryToInsert[];
  allotments: { issue: number; yuan: number }[];
}

function moneyOf(
  scope: Scope,
  row: Row,
  year: number,
  bondIds: readonly string[],
  contractId: string | undefined,
): Work {
  const { id: projectId, serial } = row;
  const options = mixes[row.board ?? ''] ?? mixes.产业!;
  const mix = options[between(serial, 'mix', 0, options.length - 1)]!;
  const entries: EntryToInsert[] = [];
  const allotments: Work['allotments'] = [];
  const known = (onDay: string) =>
    new Date(Math.min(Date.parse(`${addDays(onDay, 2)}T02:00:00Z`), scope.now.getTime() - 60_000));
  const add = (entry: Pick<EntryToInsert, 'kind' | 'yuan' | 'onDay' | 'document'> & Partial<EntryToInsert>) => {
    if (entry.yuan > 0 && entry.onDay <= scope.today)
      entries.push({
        projectId,
        year: Number(entry.onDay.slice(0, 4)),
        ...(entry.kind !== 'plan' && { period: entry.onDay.slice(0, 7) }),
        at: known(entry.onDay),
        by,
        ...entry,
      });
  };
  /** What each source still holds. */
  const left = new Map<string, number>();
  const arrivals = new Map<string, { onDay: string; yuan: number }[]>();
  const codes = Object.keys(mix);

  const oldIssue = mix.bond !== undefined && row.beforeYuan && draw(serial, 'old bond') < 0.3;
  if (row.beforeYuan)
    for (const source of codes) {
      const part = round(row.beforeYuan * mix[source]!);
      const bondId = source === 'bond' && oldIssue ? bondIds[0]! : null;
      if (bondId) allotments.push({ issue: 0, yuan: round(part * 1.15) });
      add({
        kind: 'plan',
        source,
        yuan: round(part * 1.05),
        onDay: `${year - 1}-01-20`,
        document: `岳财预〔${year - 1}〕${serial}号（示例）`,
      });
      add({
        kind: 'arrived',
        source,
        yuan: part,
        onDay: `${year - 1}-11-25`,
        document: `到账回单 ${year - 1}-${serial}（示例）`,
      });
      add({
        kind: 'paid',
        source,
        yuan: round(part * 0.92),
        onDay: `${year - 1}-12-20`,
        document: `支付凭证 ${year - 1}-${serial}（示例）`,
        bondId,
      });
      left.set(source, round(part * 0.08));
    }

  const issue = between(serial, 'issue', 1, issues.length - (draw(serial, 'late issue') < 0.15 ? 1 : 2));
  let rest = row.planYuan;
  for (const [i, source] of codes.entries()) {
    const part = i === codes.length - 1 ? rest : round(row.planYuan * mix[source]!);
    rest -= part;
    add({ kind: 'plan', source, yuan: part, onDay: `${year}-01-20`, document: `岳财预〔${year}〕${serial}号（示例）` });
    if (source === 'bond') {
      allotments.push({ issue, yuan: part });
      arrivals.set('bond', [{ onDay: addDays(issues[issue]!.issuedOn, 12), yuan: part }]);
    } else {
      const share = 0.55 + 0.45 * draw(serial, `arrives ${source}`);
      const days = [
        `${year}-02-${between(serial, `${source} 1`, 10, 26)}`,
        `${year}-05-${between(serial, `${source} 2`, 10, 28)}`,
        `${year}-08-${between(serial, `${source} 3`, 10, 28)}`,
      ];
      arrivals.set(
        source,
        days.map((onDay, n) => ({ onDay, yuan: round(part * share * [0.45, 0.3, 0.25][n]!) })),
      );
    }
  }
  const isShort = draw(serial, 'short') < 0.06;
  const isOver = !isShort && draw(serial, 'over') < 0.03;
  const keep = isShort ? 0.15 + 0.15 * draw(serial, 'keep') : 0.72 + 0.24 * draw(serial, 'keep');
  const due: { onDay: string; yuan: number }[] = [];
  for (let month = 1; month <= 8; month++) {
    const last = endOfMonth(`${year}-${String(month).padStart(2, '0')}-01`);
    for (const source of codes)
      for (const arrival of arrivals.get(source)!.filter((a) => a.onDay.slice(0, 7) === last.slice(0, 7))) {
        add({ kind: 'arrived', source, document: `到账回单 ${arrival.onDay}-${serial}（示例）`, ...arrival });
        left.set(source, (left.get(source) ?? 0) + arrival.yuan);
      }
    let wanted = round((row.months?.[last.slice(0, 7)] ?? 0) * keep);
    const onDay = addDays(last, -between(serial, `paid ${month}`, 0, 6));
    let paid = 0;
    for (const source of [...codes].sort((a, b) => (left.get(b) ?? 0) - (left.get(a) ?? 0))) {
      const yuan = Math.min(wanted, left.get(source) ?? 0);
      if (yuan <= 0) continue;
      add({
        kind: 'paid',
        source,
        yuan,
        onDay,
        document: `支付凭证 ${onDay}-${serial}（示例）`,
        bondId: source === 'bond' ? bondIds[issue]! : null,
        ...(contractId && { contractId }),
      });
      left.set(source, left.get(source)! - yuan);
      wanted -= yuan;
      paid += yuan;
    }
    if (isOver && month === 8) {
      // The builder advanced money: paid before it arrived, and nobody has said why yet.
      const source = codes.find((code) => code !== 'bond')!;
      const yuan = (left.get(source) ?? 0) + between(serial, 'advanced', 80, 900) * wan;
      add({ kind: 'paid', source, yuan, onDay, document: `支付凭证 ${onDay}-${serial}补（示例）` });
      paid += yuan;
    }
    due.push({ onDay: last, yuan: paid });
  }
  if (contractId) {
    const factor = draw(serial, 'behind') < 0.2 ? 1.25 : 0.96;
    for (const { onDay, yuan } of due)
      add({ kind: 'toPay', yuan: round(yuan * factor), onDay, document: '施工合同付款条款（示例）' });
  }
  return { row, entries, allotments };
}

async function layOutBonds(scope: Scope, works: readonly Work[], ids: readonly string[]): Promise<void> {
  const of = (issue: number) =>
    works.flatMap((w) => w.allotments.filter((a) => a.issue === issue).map((a) => ({ ...a, row: w.row })));
  await insertBonds(
    scope,
    issues.map((issue, i) => ({
      id: ids[i]!,
      ...issue,
      code: null,
      yuan: Math.max(1, Math.ceil((of(i).reduce((sum, a) => sum + a.yuan, 0) * 1.02) / 100_000_000)) * 100_000_000,
      note: null,
      demo: true,
    })),
    () =>
      issues.flatMap((issue, i) =>
        of(i).map(({ yuan, row }) => ({
          bondId: ids[i]!,
          projectId: row.id,
          yuan,
          allottedOn: addDays(issue.issuedOn, 6),
          document: `湘财预〔${issue.issuedOn.slice(0, 4)}〕${30 + i}号（示例）`,
          reason: null,
        })),
      ),
  );
}

const builders = ['湖南洞庭建工集团', '岳阳巴陵路桥', '湘北市政工程', '汨罗江水利建设', '君山建筑安装', '长炼工程建设'];
const overseers = ['岳阳正衡工程监理', '湘江项目管理咨询'];
/** An invented code that holds its check character; 00000001 … is no firm's number. */
function creditCodeOf(n: number): string {
  const body = `91430600${String(n).padStart(8, '0')}X`;
  const check = checkCreditCode(`${body}0`);
  return check.state === 'failsCheck' ? `${body}${check.expected}` : `${body}0`;
}

/** The main works of the largest projects with their supervision, some with modifications. */
function contractsOf(rows: readonly Row[], year: string) {
  const large = [...rows].sort((a, b) => b.totalYuan - a.totalYuan).slice(0, 50);
  const main = new Map<string, string>();
  const all: Parameters<typeof insertContracts>[1][number][] = [];
  const changes: Parameters<typeof insertModifications>[1][number][] = [];
  for (const [i, { id: projectId, serial, totalYuan }] of large.entries()) {
    const id = newId();
    main.set(projectId, id);
    const builder = between(serial, 'builder', 0, builders.length - 1);
    const tenderedOn = `${Number(year) - 1}-${String(between(serial, 'tender', 2, 6)).padStart(2, '0')}-15`;
    const [awardedOn, signedOn] = [addDays(tenderedOn, 32), addDays(tenderedOn, 55)];
    const valueYuan = round(totalYuan * (0.5 + 0.15 * draw(serial, 'value')));
    const endsOn = endOfMonth(addMonths(signedOn, 30));
    all.push({
      id,
      projectId,
      demo: true,
      title: '施工总承包合同（示例）',
      code: `SG-${serial}`,
      nature: 'construction',
      method: 'open',
      tenderedOn,
      tenderers: between(serial, 'tenderers', 3, 14),
      estimateYuan: round(valueYuan * 1.04),
      awardedOn,
      supplierName: `${builders[builder]!}（示例）`,
      supplierCode: creditCodeOf(builder + 1),
      signedOn,
      valueYuan,
      startsOn: addDays(signedOn, 15),
      endsOn,
      document: `合同 SG-${serial}（示例）`,
    });
    if (i % 5 < 3) {
      const overseer = between(serial, 'overseer', 0, overseers.length - 1);
      all.push({
        projectId,
        demo: true,
        title: '工程监理合同（示例）',
        nature: 'supervision',
        method: 'limited',
        tenderedOn,
        awardedOn,
        supplierName: `${overseers[overseer]!}（示例）`,
        supplierCode: creditCodeOf(50 + overseer),
        signedOn: addDays(signedOn, 3),
        valueYuan: round(totalYuan * 0.011),
        endsOn,
      });
    }
    if (i % 4 === 0)
      changes.push({
        contractId: id,
        kind: 'value',
        onDay: `${year}-06-18`,
        deltaYuan: round(valueYuan * 0.03),
        oldEnd: null,
        newEnd: null,
        rationale: '地质条件变化，增加软基处理（示例）',
        document: '补充协议一（示例）',
        approver: sample,
      });
    if (i % 8 === 0)
      changes.push({
        contractId: id,
        kind: 'duration',
        onDay: `${year}-07-30`,
        deltaYuan: null,
        oldEnd: endsOn,
        newEnd: endOfMonth(addMonths(endsOn, 2)),
        rationale: '管线迁改延迟，工期顺延两个月（示例）',
        document: '补充协议二（示例）',
        approver: sample,
      });
  }
  return { main, all, changes };
}

/** Agreements with the investors of industry, and two dozen budgets that were revised. */
async function layOutRevisions(scope: Scope, rows: readonly Row[], year: string): Promise<void> {
  await insertRevisions(
    scope,
    rows
      .filter((row) => row.board === '产业' && draw(row.serial, 'agreement') < 0.7)
      .map((row) => ({
        projectId: row.id,
        track: 'agreement',
        kind: 'agreement',
        yuan: round(row.totalYuan * (0.95 + 0.1 * draw(row.serial, 'agreed'))),
        decidedOn: `${Number(year) - 2}-${String(between(row.serial, 'agreed in', 3, 11)).padStart(2, '0')}-18`,
        document: '投资协议（示例）',
        reason: '招商签约',
        approver: sample,
      })),
  );
  // Only invented projects: what published texts say of the others stays as it is.
  const revised = rows.filter((row) => row.source === null && draw(row.serial, 'revised') < 0.07);
  const basis = { document: `岳发改审〔${year}〕示例号`, reason: '设计变更，概算调整（示例）' };
  const next = revised.map((row) => ({
    id: row.id,
    totalYuan: round(row.totalYuan * (draw(row.serial, 'less') < 0.25 ? 0.95 : 1.04 + 0.1 * draw(row.serial, 'more'))),
  }));
  await insertRevisions(
    scope,
    next.map(({ id, totalYuan }, i) => ({
      projectId: id,
      track: 'total',
      kind: 'adjusted',
      yuan: totalYuan,
      decidedOn: `${year}-0${1 + (i % 8)}-20`,
      approver: sample,
      ...basis,
    })),
  );
  for (const change of next) await setTotalYuan(scope, change, basis);
}
