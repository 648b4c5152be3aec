import { sql } from 'kysely';
import { storeFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, type Day } from '#core/shared/day.ts';
import {
  type DocumentToSet,
  type Facts,
  insertDocuments,
  insertExplanations,
  insertMoves,
  insertOfficeValues,
  noFacts,
  type PastMove,
} from '#modules/enrolment/server/public.ts';
import { draw } from './draw.ts';

interface Begun {
  id: string;
  name: string;
  serial: number;
  ownerName: string;
  regionName: string | null;
  address: string | null;
  startActual: Day;
  totalYuan: number;
  enrolled: boolean;
  enrolledOn: Day | null;
}

const clerk = '赵琳（示例）';
const floor = 5_000_000;
const papersFor = 120;

/** Papers of some begun projects, with a few that do not agree, and what the statistics office “published”: all 示例. */
export async function layOutEnrolment(scope: Scope): Promise<void> {
  const { rows } = await sql<Begun>`
    select p.id, p.name, p.serial, coalesce(o.name, p.owner_text, p.lead_text, '示例建设单位') as owner_name, r.name as region_name, p.address,
      p.start_actual, p.total_yuan, p.enrolled, p.enrolled_on
    from projects.pub_project p
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_region r on r.city_id = p.city_id and r.code = p.region_code
    where p.city_id = ${scope.cityId} and p.parent_id is null and p.start_actual <= ${scope.today}::date and p.total_yuan >= ${floor}
    order by p.enrolled, p.start_actual desc, p.serial`.execute(scope.db);
  const some = rows.slice(0, papersFor);
  const scan = await storeFile(
    scope,
    new TextEncoder().encode('备案证（示例）\n本文件为演示虚构。\n'),
    '备案证（示例）.txt',
  );
  const documents = some.flatMap((project, index) => papersOf(project, index, scope.today, scan));
  await insertDocuments(scope, documents, clerk);
  await insertMoves(
    scope,
    some.flatMap((project, index) => movesOf(project, index, scope.today)),
  );
  await publish(scope, new Map(rows.filter((p) => p.enrolled).map((p) => [p.id, p])));
}

/** How far the papers of a project are: whole for most, with a lack or a disagreement for some. */
function papersOf(project: Begun, index: number, today: Day, scan: { id: string; name: string }): DocumentToSet[] {
  const { ownerName, startActual, totalYuan, name } = project;
  const place = `${project.regionName ?? '岳阳市'}${project.address ?? ''}`.slice(0, 200);
  const approvedOn = addDays(startActual, -150 - (index % 60));
  const signedOn = addDays(startActual, -20);
  const isWhole = project.enrolled || index % 3 !== 0;
  const photo: Partial<Facts> = {
    projectName: name,
    place,
    startOn: startActual,
    day: addDays(startActual, 6) > today ? today : addDays(startActual, 6),
    verifierName: '核实人（示例）',
    verifierUnit: `${project.regionName ?? '岳阳市'}统计局`,
    verifierTitle: isWhole ? '科员' : null,
    verifierPhone: isWhole ? '0730-0000000' : null,
  };
  const papers: [DocumentToSet['kind'], Partial<Facts>][] = [
    ['content', { projectName: name, place }],
    [
      'approval',
      {
        unitName: ownerName,
        projectName: name,
        documentNo: `岳发改备〔${approvedOn.slice(0, 4)}〕${100 + (project.serial % 400)}号（示例）`,
        day: approvedOn,
        totalYuan,
        place,
        platformState: '通过审批',
      },
    ],
    ['photo', photo],
    ['licence', { unitName: ownerName, creditCode: '91350100M000100Y43' }],
    ['application', { unitName: ownerName.replace('(', '（').replace(')', '）'), totalYuan, projectName: name, place }],
  ];
  if (isWhole || index % 6 !== 0)
    papers.push([
      'contract',
      {
        partyA: ownerName,
        partyB: '示例施工单位',
        day: signedOn,
        amountYuan: Math.round(totalYuan * 0.7),
        projectName: name,
      },
    ]);
  if (totalYuan >= 50_000_000 && (isWhole || index % 4 !== 0)) papers.push(['materialNote', { totalYuan }]);
  if (index % 2 === 0) papers.push(['environment', { unitName: ownerName, place, day: addDays(approvedOn, 30) }]);
  const facts = new Map(papers);
  const change = (kind: DocumentToSet['kind'], part: Partial<Facts>) => {
    const before = facts.get(kind);
    if (before) facts.set(kind, { ...before, ...part });
  };
  // The five disagreements of the statistics offices, each a few times.
  if (index % 19 === 2) change('application', { unitName: '岳阳市项目建设服务中心（示例）' });
  if (index % 17 === 4) change('contract', { partyA: '岳阳市政府投资项目代建中心（示例）' });
  if (index % 23 === 5) change('contract', { day: addDays(approvedOn, -12) });
  if (index % 29 === 7) change('application', { totalYuan: totalYuan + 12_000_000 });
  if (index % 31 === 8) change('environment', { place: `${project.regionName ?? '岳阳市'}产业开发区（示例）` });
  if (index % 13 === 1) change('application', { unitName: ownerName.replace('市', '市 ') });
  return [...facts].map(([kind, some], position) => ({
    projectId: project.id,
    kind,
    fileId: position === 1 ? scan.id : null,
    fileName: position === 1 ? scan.name : null,
    isOnPaper: position !== 1,
    facts: { ...noFacts, ...some },
  }));
}

function movesOf(project: Begun, index: number, today: Day): PastMove[] {
  if (project.enrolled || index % 3 === 0) return [];
  const on = addDays(project.startActual, 18);
  if (on > today) return [];
  const submitted: PastMove = { projectId: project.id, event: 'submit', on, actorName: clerk };
  const back = addDays(on, 9);
  if (index % 3 === 1 || back > today) return [submitted];
  return [
    submitted,
    {
      projectId: project.id,
      event: 'return',
      on: back,
      reason: '现场照片未标注核实人，批文单位与合同甲方不一致（示例）',
      document: '县级统计部门退回单（示例）',
      actorName: clerk,
    },
  ];
}

/** Lists of February (with January) to the month before last: near the accepted figures, well below for some. */
async function publish(scope: Scope, enrolled: ReadonlyMap<string, Begun>): Promise<void> {
  const { rows } = await sql<{ projectId: string; period: string; cumulativeYuan: number }>`
    select project_id, period, cumulative_yuan from filings.pub_accepted
    where city_id = ${scope.cityId} and period between '2021-02' and '2021-08'
      and project_id = any(${[...enrolled.keys()]}::uuid[])`.execute(scope.db);
  for (const [period, filed] of [...Map.groupBy(rows, (row) => row.period)].sort()) {
    const issuedOn = addDays(addMonths(`${period}-01`, 1), 14);
    if (issuedOn > scope.today) continue;
    const values = filed.flatMap(({ projectId, cumulativeYuan }) => {
      const project = enrolled.get(projectId)!;
      if (project.enrolledOn !== null && project.enrolledOn.slice(0, 7) > period) return [];
      return [{ projectId, period, yuan: Math.round((cumulativeYuan * shareOf(project.serial)) / 10_000) * 10_000 }];
    });
    const document = `${period.slice(0, 4)}年1—${Number(period.slice(5))}月固定资产投资入库项目名单（示例）`;
    await insertOfficeValues(scope, { document, issuedOn }, values);
    // Three in four of the larger gaps have been explained, month for month.
    await insertExplanations(
      scope,
      values
        .filter(({ projectId }) => shareOf(enrolled.get(projectId)!.serial) < 0.94)
        .filter(({ projectId }) => period < '2021-08' || draw(enrolled.get(projectId)!.serial, 'explained') < 0.75)
        .map(({ projectId }) => ({
          projectId,
          period,
          ...explanations[enrolled.get(projectId)!.serial % explanations.length]!,
        })),
    );
  }
}

/** Most figures of the office lie a little under those of the headquarters; one in four well under. */
const shareOf = (serial: number): number =>
  draw(serial, 'wide') < 0.25 ? 0.72 + 0.2 * draw(serial, 'share') : 0.965 + 0.045 * draw(serial, 'share');

const explanations = [
  { cause: 'method', text: '主体工程已完成形象进度，工程款尚未支付，统计按财务支出计（示例）' },
  { cause: 'equipment', text: '生产设备已到场，尚未安装验收，统计未计入（示例）' },
  { cause: 'notEnrolledMonths', text: '入统前各月投资按规定一次性补报，尚未补齐（示例）' },
  { cause: 'landAndFees', text: '征拆和前期费用调度计入投资，统计按发票日期计列（示例）' },
] as const;
