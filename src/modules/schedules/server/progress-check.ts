import { invalid } from '#core/server/errors.ts';
import type { Placed } from '../outline.ts';
import type { Progress } from '../shapes.ts';

/**
 * What actual dates must be: of a task that is there and no summary, not in the future, in order, and in agreement with
 * the percentage.
 * @throws Problem 422 unknown_task, or with the task's name what is wrong
 */
export function checkProgress(placed: readonly Placed[], wanted: readonly Progress[], today: string): void {
  const byUid = new Map(placed.map((one) => [one.task.uid, one]));
  for (const [i, { uid, actualStart, actualFinish, percent }] of wanted.entries()) {
    const one = byUid.get(uid);
    if (!one)
      throw invalid(
        'unknown_task',
        { zh: '工期中没有这个任务，请刷新后重试', en: 'The schedule has no such task: load the page again' },
        `progress.${i}.uid`,
      );
    const { name } = one.task;
    const refuse = (code: string, field: string, zh: string, en: string) =>
      invalid(code, { zh: `“${name}”：${zh}`, en: `“${name}”: ${en}` }, `progress.${i}.${field}`);
    if (one.isSummary)
      throw refuse(
        'summary_progress',
        'uid',
        '上级任务的进度由下级得出，请填写下级任务',
        'a summary follows its parts: enter those',
      );
    if ((actualStart ?? '') > today)
      throw refuse('in_the_future', 'actualStart', '实际开始不能晚于今天', 'the actual start cannot be after today');
    if ((actualFinish ?? '') > today)
      throw refuse('in_the_future', 'actualFinish', '实际完成不能晚于今天', 'the actual finish cannot be after today');
    if (actualFinish && !actualStart)
      throw refuse('start_missing', 'actualStart', '已填实际完成，请补填实际开始', 'a finish needs a start');
    if (actualStart && actualFinish && actualFinish < actualStart)
      throw refuse('finish_before_start', 'actualFinish', '实际完成早于实际开始', 'the finish is before the start');
    if (percent > 0 && !actualStart)
      throw refuse('start_missing', 'actualStart', '已有进度，请填写实际开始', 'a percentage needs an actual start');
    if (actualFinish && percent !== 100)
      throw refuse('percent_open', 'percent', '已完成的任务进度应为 100%', 'what is finished is at 100 %');
    if (!actualFinish && percent === 100)
      throw refuse(
        'finish_missing',
        'actualFinish',
        '进度已到 100%，请填写实际完成',
        'at 100 % the actual finish is needed',
      );
  }
}
