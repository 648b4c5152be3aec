import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { insertPastCorrection } from '#modules/filings/server/public.ts';
import { freezePeriod, restatePeriod } from '#modules/snapshots/server/public.ts';

const months = ['01', '02', '03', '04', '05', '06', '07', '08'].map((m) => `2021-${m}`);
const office = '刘敏（示例）';
const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`);
const lastDay = (period: string): string =>
  addDays(`2021-${String(Number(period.slice(5)) + 1).padStart(2, '0')}-01`, -1);

/**
 * The months to August as a headquarters froze them, a figure of June that was put right in July, and a request of the
 * newest month that waits. Returns the number of snapshots.
 */
export async function freezeHistory(scope: Scope): Promise<number> {
  const past = months.filter((period) => period < scope.today.slice(0, 7));
  let count = 0;
  for (const period of past) {
    const isRestated = period === '2021-07' && (await correctJune(scope));
    if (isRestated) count += 1;
    await freezePeriod(scope, period, {
      at: at(lastDay(period), '18:00'),
      byName: office,
      missingReason: '个别项目当月未开工，经办公室主任同意先行冻结（示例）',
      note: `${Number(period.slice(5))}月通报用数（示例）`,
    });
    count += 1;
  }
  if (past.includes('2021-08')) await requestAugust(scope);
  return count;
}

async function correctJune(scope: Scope): Promise<boolean> {
  const june = await findFiled(scope, '2021-06', 0);
  if (!june) return false;
  // A tenth too much, to the ten thousand yuan.
  const monthYuan = Math.round((june.monthYuan * 0.9) / 10_000) * 10_000;
  const documentNo = '岳审建〔2021〕18号（示例）';
  await insertPastCorrection(scope, {
    projectId: june.projectId,
    period: '2021-06',
    monthYuan,
    cause: 'ERROR',
    reason: '六月进度款中有一笔材料预付款重复计入完成投资，经跟踪审计核减（示例）',
    documentNo,
    requestedByName: '示例填报员',
    requestedAt: at('2021-07-12', '09:20'),
    decided: {
      byName: '陈立（示例）',
      at: at('2021-07-13', '10:05'),
      note: '审计意见属实，同意更正（示例）',
      acceptedByName: office,
      acceptedAt: at('2021-07-14', '16:40'),
    },
  });
  await restatePeriod(scope, '2021-06', {
    cause: 'ERROR',
    publicNote: '一个项目六月完成投资重复计入预付款，经审计核减；累计数相应调整（示例）',
    document: documentNo,
    missingReason: '个别项目当月未开工，经办公室主任同意先行冻结（示例）',
    at: at('2021-07-16', '15:00'),
    byName: office,
  });
  return true;
}

async function requestAugust(scope: Scope): Promise<void> {
  const august = await findFiled(scope, '2021-08', 5);
  if (!august) return;
  await insertPastCorrection(scope, {
    projectId: august.projectId,
    period: '2021-08',
    monthYuan: august.monthYuan,
    cause: 'CALIBER',
    reason: '设备购置按到货计入，监理要求改按安装计入，申请核减八月完成数（示例）',
    documentNo: '监理联系单2021-31号（示例）',
    requestedByName: '示例填报员',
    requestedAt: at('2021-09-24', '14:30'),
  });
}

/** One of the larger filings of a month, always the same. */
async function findFiled(
  scope: Scope,
  period: string,
  skip: number,
): Promise<{ projectId: string; monthYuan: number } | undefined> {
  const { rows } = await sql<{ projectId: string; monthYuan: number }>`
    select a.project_id, a.month_yuan from filings.pub_accepted a
    join projects.pub_project p on p.city_id = a.city_id and p.id = a.project_id
    where a.city_id = ${scope.cityId} and a.period = ${period} and a.month_yuan >= 20000000
    order by p.serial offset ${skip} limit 1`.execute(scope.db);
  return rows[0];
}
