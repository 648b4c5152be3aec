import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import {
  insertAcceptedFilings,
  insertSubmittedFilings,
  openCycle,
  returnFilings,
  setForm,
} from '#modules/filings/server/public.ts';

const source = '示例';
/** Weeks that end in September 2021. */
const weeks = ['2021-W35', '2021-W36', '2021-W37', '2021-W38'] as const;
const sundays: Record<(typeof weeks)[number], string> = {
  '2021-W35': '2021-09-05',
  '2021-W36': '2021-09-12',
  '2021-W37': '2021-09-19',
  '2021-W38': '2021-09-26',
};
const tiers = ['省重点', '献礼工程'];

/** What happens on a site from week to week, one line of work each; told in the order of the weeks. */
const works = [
  ['基础垫层浇筑完成 60%', '基础垫层浇筑全部完成', '承台钢筋绑扎完成', '承台混凝土浇筑完成'],
  ['主体三层模板安装', '主体三层顶板浇筑', '主体四层钢筋绑扎', '主体四层顶板浇筑'],
  ['路基填筑 K0 至 K2', '路基填筑 K2 至 K3', '水稳层铺筑 K0 至 K1', '水稳层铺筑 K1 至 K2'],
  ['厂房钢结构吊装 40%', '厂房钢结构吊装 70%', '屋面板安装', '屋面板安装完成，设备基础开挖'],
  ['管网沟槽开挖 1.2 公里', '管道安装 1.0 公里', '管道安装 1.8 公里', '闭水试验，回填 1.5 公里'],
] as const;
const troubles = ['征拆剩余 3 户未签约', '商砼供应紧张', '临时用电增容未批复', '连续降雨影响土方作业'] as const;
const plans = ['下周完成本段验收', '下周继续推进主体施工', '下周组织材料进场', '下周完成收尾并转序'] as const;

/**
 * Four weeks of reports of some sixty projects: most are read, some wait, two were sent back, some say that nothing
 * changed, and a few never came. Everything is invented and follows from the number of the project.
 */
export async function fileWeeks(scope: Scope): Promise<number> {
  // A demonstration set to another month has no such weeks.
  if (scope.today < '2021-09-20' || scope.today > '2021-10-31') return 0;
  await setForm(
    scope,
    'weekly',
    {
      formNo: '岳重项调 02 表（示例）',
      title: '重点项目周报',
      issuer: '岳阳市重点项目建设总指挥部办公室',
      approval: '示例文件〔2021〕2号',
      validFrom: '2021-01-01',
      validUntil: '2021-12-31',
      population: { tiers, stages: [] },
      chain: ['responsibleUnit', 'commandPost'],
      opensItself: true,
    },
    '启用周报（示例）',
  );
  for (const period of weeks) await openCycle(scope, period, { isPast: true });
  const { rows: projects } = await sql<{ projectId: string; serial: number }>`
    select distinct f.project_id, p.serial
    from filings.pub_filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.kind = 'weekly' order by p.serial`.execute(scope.db);

  const reports = weeks.flatMap((period, week) =>
    projects.flatMap(({ projectId, serial }, index) => {
      // Nobody is perfect: one in nine misses the newest week, one in seventeen the one before.
      if ((week === 3 && index % 9 === 4) || (week === 2 && index % 17 === 8)) return [];
      const isLate = (index + week) % 13 === 5;
      const hours = isLate ? 30 + (index % 40) : -2 - ((index * 7) % 50);
      const due = Date.parse(`${sundays[period]}T12:00:00+08:00`) + 24 * 3_600_000;
      const submittedAt = new Date(Math.min(due + hours * 3_600_000, scope.now.getTime() - 3_600_000));
      const unchanged = (serial + week) % 11 === 3;
      const content = unchanged
        ? {
            unchanged,
            note: '无变化：等待材料进场',
            imageProgress: works[serial % works.length]![Math.max(0, week - 1)]!,
          }
        : {
            imageProgress: works[serial % works.length]![week]!,
            problems: (serial + week) % 4 === 0 ? troubles[(serial + week) % troubles.length]! : '',
            nextSteps: plans[(serial + week) % plans.length]!,
          };
      return [{ projectId, period, week, index, submittedAt, submittedByName: '示例填报员', content }];
    }),
  );
  const isRead = (r: (typeof reports)[number]) => r.week < 3 || r.index % 3 === 0;
  const read = reports.filter(isRead).map((r) => ({
    ...r,
    acceptedAt: new Date(Math.min(r.submittedAt.getTime() + 5 * 3_600_000, scope.now.getTime() - 60_000)),
    acceptedByName: '刘敏（示例）',
  }));
  const waiting = reports.filter((r) => !isRead(r));
  const count =
    (await insertAcceptedFilings(scope, read, source)) + (await insertSubmittedFilings(scope, waiting, source));
  const sentBack = waiting.filter((r) => r.index % 7 === 2).slice(0, 3);
  await returnFilings(
    scope,
    sentBack.map(({ projectId, period, submittedAt }, i) => ({
      projectId,
      period,
      reason: ['形象进度请写清桩号或楼层', '与上周文字相同，请写本周实际完成', '问题请写明责任单位和时限'][i % 3]!,
      cells: [i % 3 === 2 ? ('problems' as const) : ('imageProgress' as const)],
      returnedAt: new Date(Math.min(submittedAt.getTime() + 3_600_000, scope.now.getTime() - 60_000)),
      returnedByName: '刘敏（示例）',
    })),
  );
  return count;
}
