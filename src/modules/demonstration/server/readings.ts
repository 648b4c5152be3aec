import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { insertPastReading, type PastPromise } from '#modules/readings/server/public.ts';

const office = '刘敏（示例）';
const chinese = (day: Day): string =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const at = (day: Day): Date => new Date(`${day}T16:00:00+08:00`);

interface Promised {
  id: string;
  name: string;
  start: Day | null;
  finish: Day;
}

/** Days by which the nth project's promise moves from one document to the next: most hold, some slip, a few twice. */
const slips = [0, 0, 45, 0, 30, 0, 0, 60, -10, 0, 0, 90];

const finishLine = (name: string, day: Day, hedge: string): string => `${name}${hedge}${chinese(day)}前竣工。`;

/**
 * Three meetings of the year with what they promised, all of it invented: the second and third say the same days again, or
 * others. Then a notice that nobody has gone through yet. Returns the number of promises.
 */
export async function readDocuments(scope: Scope): Promise<number> {
  const { rows } = await sql<Promised>`
    select id, name, start_planned as start, finish_planned as finish from projects.pub_project
    where city_id = ${scope.cityId} and parent_id is null and finish_planned between '2021-04-01' and '2022-06-30'
      and stage not in ('reserve', 'signed', 'terminated', 'withdrawn')
    order by serial limit 24`.execute(scope.db);
  let count = 0;
  const meetings: [Day, string, string, number][] = [
    ['2021-02-20', '全市重点项目推进会纪要（示例）', '力争', 0],
    ['2021-05-21', '二季度重点项目调度会纪要（示例）', '确保', 1],
    ['2021-08-20', '八月重点项目现场推进会纪要（示例）', '力争', 2],
  ];
  for (const [on, title, hedge, turn] of meetings) {
    const lines = rows.flatMap((project, i): { promise: PastPromise; line: string }[] => {
      const day = addDays(project.finish, slips[i % slips.length]! * turn);
      // A later meeting speaks of half of them.
      if ((turn > 0 && (i + turn) % 2 === 0) || day < on) return [];
      const line = finishLine(project.name, day, hedge);
      const promise = {
        projectId: project.id,
        projectName: project.name,
        what: 'finish' as const,
        by: day,
        hedge,
        speaker: null,
        text: line,
      };
      return [{ promise, line }];
    });
    const done = rows.slice(0, 3).flatMap((project): { promise: PastPromise; line: string }[] => {
      if (turn !== 2) return [];
      const day = addDays(on, -6);
      const line = `${project.name}已于${chinese(day)}竣工。`;
      const known = { projectId: project.id, projectName: project.name, speaker: null };
      return [{ promise: { ...known, what: 'finish' as const, by: day, hedge: '已', text: line }, line }];
    });
    const all = [
      ...done,
      ...lines.filter(({ promise }) => !done.some((d) => d.promise.projectId === promise.projectId)),
    ];
    await insertPastReading(scope, {
      title,
      documentDate: on,
      byName: office,
      at: at(on),
      text: `${title}\n${chinese(on)}\n会议听取了重点项目进展情况，议定如下。\n${all.map((one) => one.line).join('\n')}\n`,
      promises: all.map((one) => one.promise),
    });
    count += all.length;
  }
  const [first, second] = rows;
  if (first && second)
    await insertPastReading(scope, {
      title: '九月重点项目建设情况通报（示例）',
      documentDate: '2021-09-18',
      byName: office,
      at: at('2021-09-18'),
      promises: [],
      text: `九月重点项目建设情况通报（示例）
2021年9月18日
截至8月底，全市重点项目累计完成投资964.2亿元，占年度计划1437.4亿元的67.1%，高于时序进度0.4个百分点。其中，产业项目完成412.6亿元，基础设施项目完成331.5亿元，社会民生项目完成220.1亿元。
${first.name}力争${chinese(addDays(first.finish, 30))}前竣工，${second.name}预计年内投入运营。
一要抓紧要素保障。市自然资源和规划局要加快用地报批，确保10月15日前完成；市住建局要抓紧办理施工许可，每月25日前报送进度。
二要紧盯滞后项目。各县区要逐个项目明确责任人，力争三季度末转入正常；市交通运输局要会同属地在5个工作日内拿出征拆方案。
三要严格数据质量。各单位要对照佐证核实投资数据，严禁虚报。
全市612个重点项目中，已开工475个，开工率80%。
`,
    });
  return count;
}
