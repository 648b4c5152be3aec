import type { Scope } from '#core/server/scope.ts';
import { createDraft, insertPastRelease } from '#modules/publications/server/public.ts';

const office = '刘敏（示例）';
const leader = '陈立（示例）';

/**
 * What the office sent out: the half-year bulletin, its corrected issue after the audit, the one of August; and a draft that
 * waits. Files are made by the queue afterwards. Needs the sealed months. Returns the number of bulletins.
 */
export async function publishHistory(scope: Scope): Promise<number> {
  const half = { template: 'halfYear', period: '2021-06' } as const;
  await insertPastRelease(scope, {
    ...half,
    version: 1,
    number: '岳项指办〔2021〕7号（示例）',
    at: new Date('2021-07-02T09:30:00+08:00'),
    byName: leader,
  });
  await insertPastRelease(scope, {
    ...half,
    version: 2,
    number: '岳项指办〔2021〕8号（示例）',
    at: new Date('2021-07-17T10:10:00+08:00'),
    byName: leader,
    note: '一个项目六月完成投资重复计入预付款，经审计核减（示例）',
  });
  await insertPastRelease(scope, {
    template: 'month',
    period: '2021-08',
    number: '岳项指办〔2021〕12号（示例）',
    at: new Date('2021-09-02T15:20:00+08:00'),
    byName: office,
  });
  await createDraft(scope, { template: 'supervision', period: '2021-08' });
  return 4;
}
