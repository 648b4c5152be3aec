import type { Caller } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';
import type { MatterInput } from '#modules/ledger/shapes.ts';

/** Of the county: one matter for each thing that can be done to one. */
export interface MatterIds {
  draft: string;
  issued: string;
  signed: string;
  claimed: string;
  closed: string;
  suspended: string;
  asked: string;
  other: string;
  /** Evidence of the closed one. */
  fileId: string;
}

interface Place {
  /** Leads all of them. */
  unitId: string;
  leaderId: string;
  projectId: string;
}

/** Matters of every kind and in every state, with all that hangs on one. */
export async function layOutMatters(
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  { unitId, leaderId, projectId }: Place,
): Promise<MatterIds> {
  const source = { kind: 'site' as const, title: secret, ref: secret };
  const day = '2021-09-20';
  const details: MatterInput['details'][] = [
    { kind: 'problem', foundOn: day, place: secret, measures: secret },
    { kind: 'task', target: secret, quantity: 3, quantityUnit: '公里' },
    { kind: 'instruction', leaderName: secret, givenOn: day, words: secret, documentNo: secret },
    { kind: 'decision', meeting: secret, heldOn: day, itemNo: 1 },
    {
      kind: 'finding',
      foundOn: day,
      inspection: secret,
      groupName: secret,
      objectName: secret,
      objectCode: null,
      measures: null,
    },
    { kind: 'commitment', promisedBy: secret, promisedOn: day, what: 'start', amountYuan: 1 },
  ];
  const raise = async (label: string, of = 0, issue = true) =>
    (
      await office(ledger).raise({
        kind: details[of]!.kind,
        details: details[of]!,
        title: `${secret}${label}`,
        body: secret,
        source,
        projectId,
        leadUnitId: unitId,
        leadLeaderId: leaderId,
        handlerName: secret,
        template: '13710',
        dueOn: '2021-12-31',
        issue,
      })
    ).id;
  const paper = (await unit.upload(`${secret}回复.txt`, new TextEncoder().encode(`${secret}整改回复`))).id;
  const evidence = [{ kind: 'document' as const, fileId: paper, words: secret }];
  const api = unit(ledger);

  const ids = {
    draft: await raise('拟办', 5, false),
    issued: await raise('待签收', 1),
    signed: await raise('在办', 2),
    claimed: await raise('待复核', 3),
    closed: await raise('已销号', 4),
    suspended: await raise('暂缓', 0),
    asked: await raise('延期', 0),
    other: await raise('关联', 1),
    fileId: paper,
  };
  await api.sign({ ids: [ids.signed, ids.claimed, ids.closed, ids.suspended, ids.asked, ids.other] });
  await api.report({ id: ids.signed, text: secret, node: 'deploy' });
  await office(ledger).mark({ id: ids.signed, node: 'deploy', mark: 'good' });
  await api.claim({ id: ids.claimed, text: secret, evidence });
  await api.claim({ id: ids.closed, text: secret, evidence });
  await office(ledger).verify({ id: ids.closed, result: 'passed', method: 'document', note: secret });
  await office(ledger).suspend({ id: ids.suspended, basis: secret, resumeOn: '2022-03-01' });
  await api.askExtension({ id: ids.asked, dueOn: '2022-01-31', reason: `${secret}设备到货推迟` });
  await office(ledger).link({ id: ids.other, toId: ids.signed, rel: 'blockedBy', note: secret });
  await office(ledger).remark({ id: ids.signed, text: secret, leaderName: secret, on: day });
  return ids;
}

/** Inputs under which each command of the ledger does something with the county's own. */
export function ownMatters(
  ids: MatterIds,
  { unitId, leaderId, projectId }: Place,
  fileId: string,
): Record<string, Record<string, unknown>> {
  const evidence = [{ kind: 'document', fileId }];
  const matter = {
    kind: 'problem',
    title: '道路开挖后未恢复',
    source: { kind: 'site' },
    projectId,
    leadUnitId: unitId,
    leadLeaderId: leaderId,
    dueOn: '2021-12-20',
    details: null,
  };
  return {
    'ledger.matter': { id: ids.signed },
    'ledger.file': { id: ids.closed, fileId: ids.fileId },
    'ledger.raise': { ...matter, issue: false },
    'ledger.recordOnSpot': { ...matter, measures: '当场恢复', evidence },
    'ledger.edit': { id: ids.draft, changes: { ...matter, kind: 'commitment' } },
    'ledger.issue': { ids: [ids.draft] },
    'ledger.sign': { ids: [ids.issued] },
    'ledger.report': { id: ids.signed, text: '进展', evidence: [] },
    'ledger.contribute': { id: ids.signed, text: '配合' },
    'ledger.claim': { id: ids.signed, text: '办结', evidence },
    'ledger.take': { id: ids.claimed },
    'ledger.verify': { id: ids.claimed, result: 'failed', method: 'document', note: '再核' },
    'ledger.suspend': { id: ids.signed, basis: '等批复', resumeOn: '2022-06-01' },
    'ledger.resume': { id: ids.suspended },
    'ledger.void': { id: ids.issued, reason: '重复' },
    'ledger.reopen': { id: ids.closed, reason: '反弹' },
    'ledger.askExtension': { id: ids.signed, dueOn: '2022-02-01', reason: '设备到货推迟' },
    'ledger.decideExtension': { id: ids.asked, isGranted: true },
    'ledger.remind': { ids: [ids.signed] },
    'ledger.escalate': { id: ids.signed, reason: '协调不动' },
    'ledger.remark': { id: ids.signed, text: '抓紧', leaderName: '领导', on: '2021-09-20', reopen: false },
    'ledger.mark': { id: ids.signed, node: 'deploy', mark: 'passable' },
    'ledger.split': { id: ids.signed, parts: [matter, { ...matter, title: '另一半' }] },
    'ledger.merge': { id: ids.issued, intoId: ids.other, reason: '同一件事' },
    'ledger.link': { id: ids.signed, toId: ids.other, rel: 'supports' },
  };
}
