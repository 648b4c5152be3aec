import type { Caller } from '#core/server/testing/test-city.ts';
import { decomposition } from '#modules/decomposition/contract.ts';

/** A document that a county's command post splits into tasks; it is the county's own until tasks are issued. */
export async function layOutDecomposition(post: Caller, secret: string): Promise<void> {
  await post(decomposition).createFromText({
    title: `${secret}工作要点`,
    sourceRef: secret,
    docOn: '2021-03-01',
    text: `${secret}工作要点\n1.${secret}示例路年底前通车，完成投资2亿元。（${secret}交通局牵头，${secret}财政局配合）`,
  });
}
