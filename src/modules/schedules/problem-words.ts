import type { Words } from '#core/shared/words.ts';
import type { PlanProblem } from './plan.ts';
import type { Task } from './shapes.ts';

/** What is wrong with a schedule and what to do, with its tasks by number and name. */
export function problemWords(problem: PlanProblem, tasks: readonly Pick<Task, 'uid' | 'name'>[]): Words {
  const name = (uid: number): string => {
    const at = tasks.findIndex((task) => task.uid === uid);
    return at < 0 ? `UID ${uid}` : `${at + 1} ${tasks[at]!.name}`;
  };
  switch (problem.code) {
    case 'empty':
      return { zh: '还没有任务，请先添加任务或选用模板', en: 'There are no tasks yet: add one or pick a template' };
    case 'noStart':
      return { zh: '正排需要开始日期，请填写', en: 'Planning forward needs a day to start from' };
    case 'noPromise':
      return { zh: '倒排需要承诺完成日期，请填写', en: 'Planning backward needs the promised day' };
    case 'calendar':
      return {
        zh: `计划排到了 ${problem.year} 年，该年的放假安排尚未发布，不能按工作日计算。请先在“日历”中发布该年，或改按日历天计算`,
        en: `The plan reaches ${problem.year}, whose working calendar is not published. Publish the year under Calendar, or count calendar days`,
      };
    case 'loop': {
      const names = [...problem.uids, problem.uids[0]!].map((uid) => `“${name(uid)}”`);
      return {
        zh: `任务互相等待，排不出日期：${names.join(' → ')}。请去掉其中一条前置关系`,
        en: `These tasks wait for each other: ${names.join(' → ')}. Remove one of the links`,
      };
    }
    case 'twice':
      return { zh: `任务“${name(problem.uids[0]!)}”重复`, en: `Task “${name(problem.uids[0]!)}” is there twice` };
    case 'unknown':
      return {
        zh: `“${name(problem.uids[0]!)}”的前置任务不存在，请改正`,
        en: `A predecessor of “${name(problem.uids[0]!)}” does not exist`,
      };
    case 'self':
      return {
        zh: `“${name(problem.uids[0]!)}”不能以自己为前置任务`,
        en: `“${name(problem.uids[0]!)}” cannot be its own predecessor`,
      };
    case 'insideLink':
      return {
        zh: `“${name(problem.uids[0]!)}”与“${name(problem.uids[1]!)}”是上下级任务，不能互为前置`,
        en: `“${name(problem.uids[0]!)}” and “${name(problem.uids[1]!)}” are summary and part: no link between them`,
      };
    case 'summaryLink':
      return {
        zh: `“${name(problem.uids[0]!)}”到“${name(problem.uids[1]!)}”：上级任务只能“完成后”引出、以“开始”接入，请改为完成—开始（FS）`,
        en: `From “${name(problem.uids[0]!)}” to “${name(problem.uids[1]!)}”: a summary can only be left at its finish and entered at its start. Use FS`,
      };
  }
}
