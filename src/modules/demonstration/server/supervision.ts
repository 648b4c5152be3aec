import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, daysBetween } from '#core/shared/day.ts';
import {
  insertPastObjection,
  insertPastSheets,
  insertSettings,
  listLeaders,
  type PastSheet,
  remindOfDays,
  shippedSettings,
} from '#modules/supervision/server/public.ts';

interface Late {
  id: string;
  leadUnitId: string;
  dueCurrent: Day;
}

const answers = [
  '示例：征拆尚余 3 户，已逐户制定签约方案，月底前完成。',
  '示例：设备厂家已发货，预计 10 天内到场安装，届时补报佐证。',
  '示例：用地预审材料已补正，等待省厅批复，批复后一周内开工。',
  '示例：施工单位已增加两个班组，进度偏差将在下月上旬追回。',
];
const clerks = ['周婷（示例）', '李建国（示例）', '何静（示例）'];

/** Overdue matters, the longest first: most have had a sheet, some two or three, some wait for theirs today. */
async function listLate(scope: Scope): Promise<Late[]> {
  const { rows } = await sql<Late>`select id, lead_unit_id, due_current from ledger.pub_matter
    where city_id = ${scope.cityId} and state in ('issued', 'signed', 'working', 'returned', 'reopened')
      and due_current < ${scope.today}::date and due_current > ${addDays(scope.today, -90)}::date and lead_unit_id is not null
    order by due_current, no limit 90`.execute(scope.db);
  return rows;
}

/** Sheets of the last quarter by the rules of each day, their answers, two objections, and rules that the city set. 示例. */
export async function layOutSupervision(scope: Scope): Promise<void> {
  await insertSettings(
    scope,
    1,
    {
      ...shippedSettings,
      ruleSetOfTemplate: { ...shippedSettings.ruleSetOfTemplate, '13710': 'sanming', yichang: 'suqian' },
    },
    '示例：督查室确定 13710 事项用三明规则，三灯督查事项用宿迁规则',
  );
  const [leader] = await listLeaders(scope);
  if (!leader) return;
  const approval = { leaderId: leader.id, leaderName: leader.name };
  const late = await listLate(scope);
  const sheetOn = (matterId: string, on: Day, i: number, isAnswered: boolean): PastSheet => {
    const answeredOn = addDays(on, 2 + (i % 5));
    return {
      matterId,
      on,
      byName: '刘敏（示例）',
      approval,
      ...(isAnswered &&
        answeredOn < scope.today && {
          answer: { text: answers[i % answers.length]!, on: answeredOn, byName: clerks[i % clerks.length]! },
        }),
    };
  };
  // One in five has had none yet: those are what the page proposes today.
  const first = await insertPastSheets(
    scope,
    late.flatMap((m, i) => {
      const on = addDays(m.dueCurrent, 1 + (i % 3));
      return i % 5 === 4 || on >= scope.today ? [] : [sheetOn(m.id, on, i, i % 4 !== 1)];
    }),
  );
  const second = await insertPastSheets(
    scope,
    first.flatMap((s, i) => {
      const on = addDays(s.limitOn, 1 + (i % 2));
      return i % 3 === 0 && on < scope.today ? [sheetOn(s.matterId, on, i + 1, i % 2 === 0)] : [];
    }),
  );
  await insertPastSheets(
    scope,
    second.flatMap((s, i) => {
      const on = addDays(s.limitOn, 1);
      return i % 2 === 0 && on < scope.today ? [sheetOn(s.matterId, on, i + 2, false)] : [];
    }),
  );
  await objectTo(scope, second, new Map(late.map((m) => [m.id, m.leadUnitId])));
  await remindOfDays(scope);
}

/** One objection that was accepted, so that its sheet stands revoked, and one that waits. */
async function objectTo(
  scope: Scope,
  sheets: readonly { id: string; matterId: string; limitOn: Day }[],
  unitOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { rows } = await sql<{ id: string; issuedOn: Day }>`select id, issued_on from supervision.pub_sheet
    where city_id = ${scope.cityId} and colour in ('orange', 'yellow')`.execute(scope.db);
  const issued = new Map(rows.map((row) => [row.id, row.issuedOn]));
  const fresh = sheets
    .filter((s) => issued.has(s.id) && daysBetween(issued.get(s.id)!, scope.today) <= 29)
    .toSorted((a, b) => (issued.get(a.id)! < issued.get(b.id)! ? -1 : 1));
  const [accepted, waiting] = [fresh[0], fresh.at(-1)];
  if (!accepted || !waiting || accepted.id === waiting.id) return;
  const about = 'sheet' as const;
  const filedByName = clerks[0]!;
  await insertPastObjection(scope, {
    matterId: accepted.matterId,
    about,
    aboutId: accepted.id,
    unitId: unitOf.get(accepted.matterId)!,
    reason: '示例：逾期因省级批复延后，批复文件日期晚于原时限，不属我单位办理不力。',
    filedOn: addDays(issued.get(accepted.id)!, 1),
    filedByName,
    decision: {
      result: 'changed',
      reason: '示例：经核，批复文件日期属实，撤销该单。',
      on: addDays(issued.get(accepted.id)!, 3),
      byName: '市领导甲',
    },
  });
  await insertPastObjection(scope, {
    matterId: waiting.matterId,
    about,
    aboutId: waiting.id,
    unitId: unitOf.get(waiting.matterId)!,
    reason: '示例：该事项已于发单前一日完成现场整改，佐证上传时网络中断，请复核。',
    filedOn: scope.today,
    filedByName,
  });
}
