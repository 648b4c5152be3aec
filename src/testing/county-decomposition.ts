import type { Caller } from '#core/server/testing/test-city.ts';
import { decomposition } from '#modules/decomposition/contract.ts';

/** A document that a county's command post splits into tasks; it is the county's own until tasks are issued. */
export async function layOutDecomposition(post: Caller, secret: string): Promise<void> {
  const items = ['示例路年底前通车，完成投资2亿元', '示例桥6月底前开工'].map(
    (task, i) => `${i + 1}.${secret}${task}。（${secret}交通局牵头，${secret}财政局配合）`,
  );
  await post(decomposition).createFromText({
    title: `${secret}工作要点`,
    sourceRef: secret,
    docOn: '2021-03-01',
    text: [`${secret}工作要点`, ...items].join('\n'),
  });
}

/** Inputs that belong together: rows are looked up in their document. */
export function ownDecompositions(
  id: string,
  rowIds: readonly string[],
  fileId: string,
): Record<string, Record<string, unknown>> {
  const [rowId] = rowIds;
  const head = { title: '测试要点', sourceRef: null, docOn: '2021-03-01' };
  return {
    'decomposition.get': { id },
    'decomposition.export': { id, format: 'xlsx' },
    'decomposition.createFromText': { ...head, text: '1.示例路年底前通车。' },
    'decomposition.createFromFile': { ...head, fileId },
    'decomposition.changeRow': { id, rowId, version: 1, changes: { title: '测试任务' } },
    'decomposition.changeRows': { id, rowIds: [rowId], changes: { dueOn: '2021-12-31' } },
    'decomposition.addRow': { id, afterId: rowId, changes: { title: '测试任务' } },
    'decomposition.mergeRows': { id, rowIds: rowIds.slice(0, 2) },
    'decomposition.splitRow': { id, rowId, version: 1, titles: ['甲段', '乙段'] },
    'decomposition.decide': { id, rowIds: [rowId], state: 'accepted' },
    'decomposition.issue': { id },
    'decomposition.discard': { id, reason: '测试' },
    'decomposition.readBack': { id, fileId, apply: true },
  };
}
