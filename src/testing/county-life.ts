import type { Caller } from '#core/server/testing/test-city.ts';
import { lifecycle } from '#modules/lifecycle/contract.ts';
import { projects } from '#modules/projects/contract.ts';

/**
 * The lives of a county: gates with a paper, a pause with its update, a member of the reserve pool. Answers the id of
 * the file that hangs on a gate of `builtId`.
 */
export async function layOutLives(
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  { builtId, pausedId, countyId }: { builtId: string; pausedId: string; countyId: string },
): Promise<string> {
  const file = await unit.upload(`${secret}关口.txt`, new TextEncoder().encode(`${secret}关口`));
  const documents = [{ kind: 'progressPhoto', fileId: file.id, number: secret }];
  await unit(lifecycle).amend({ id: builtId, stage: 'building', documents, reason: secret });
  await office(lifecycle).pause({
    id: pausedId,
    kind: 'suspended',
    on: '2021-08-01',
    reasonCode: 'funds',
    reason: secret,
    steps: secret,
    resumeDue: '2021-12-31',
    documents: [],
  });
  const update = { id: pausedId, situation: secret, steps: secret, resumeDue: '2022-01-31', reason: secret };
  await unit(lifecycle).updatePause(update);
  const { id } = await office(projects).create({
    name: `${secret}储备项目`,
    board: '社会民生',
    stage: 'preparation',
    countyUnitId: countyId,
    totalYuan: 300_000_000,
    tiers: [`${secret}层级`],
  });
  await unit(lifecycle).enter({ id, kind: 'social', on: '2021-08-01', reason: secret });
  await unit(lifecycle).setItem({ id, item: 'land', isDone: true, document: secret });
  return file.id;
}
