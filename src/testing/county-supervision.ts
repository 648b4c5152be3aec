import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { plainTemplate } from '#modules/ledger/templates.ts';
import { insertPerson } from '#modules/organization/server/public.ts';
import { supervision } from '#modules/supervision/contract.ts';
import { remindOfDays } from '#modules/supervision/server/public.ts';
import { shippedSettings } from '#modules/supervision/settings.ts';

export interface SupervisionIds {
  /** Deserves a blue sheet today. */
  nearId: string;
  /** Was returned twice, which deserves a red one. */
  returnedId: string;
  sheetId: string;
  objectionId: string;
  /** A returned claim that nobody has objected to. */
  verificationId: string;
  approverId: string;
}

/** Sheets, an approval, a good reason, an objection, and what people were told, about matters that the county leads. */
export async function layOutSupervision(
  city: TestCity,
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  { unitId, leaderId, projectId }: { unitId: string; leaderId: string; projectId: string },
): Promise<SupervisionIds> {
  const approver = {
    name: `${secret}督办领导`,
    unitId,
    title: `${secret}书记`,
    leaderOrder: 1,
    validFrom: '2020-01-01',
  };
  const { personId: approverId } = await city.system((scope) => insertPerson(scope, approver));
  const raise = async (label: string, template: string, dueOn: string) => {
    const source = { kind: 'site' as const, title: secret };
    const named = { projectId, leadUnitId: unitId, leadLeaderId: leaderId, template, dueOn };
    return (await office(ledger).raise({ kind: 'task', title: `${secret}${label}`, source, ...named, issue: true })).id;
  };
  const nearId = await raise('临期', 'suqian', '2021-09-28');
  const toldId = await raise('已发单', 'suqian', '2021-09-27');
  const excusedId = await raise('有理由', 'suqian', '2021-09-27');
  const returnedId = await raise('两次退回', 'yingzhou', '2021-12-31');
  await unit(ledger).sign({ ids: [returnedId] });
  for (const round of [1, 2]) {
    const { id: fileId } = await unit.upload(
      `${secret}${round}.txt`,
      new TextEncoder().encode(`${secret}第${round}次`),
    );
    await unit(ledger).claim({ id: returnedId, text: secret, evidence: [{ kind: 'document', fileId }] });
    await office(ledger).verify({ id: returnedId, result: 'failed', method: 'document', note: secret });
  }
  const { issue, approve, excuse } = office(supervision);
  await excuse({ matterId: excusedId, reason: `${secret}汛期停工`, approverId, untilOn: '2021-12-01' });
  await approve({ matterIds: [returnedId], leaderId: approverId, on: '2021-09-25', note: secret });
  const { done } = await issue({ items: [{ matterId: toldId, colour: 'blue' }] });
  const { conclusions } = await unit(supervision).ofMatter({ id: returnedId });
  const [first, second] = conclusions;
  const about = { matterId: returnedId, about: first!.about, aboutId: first!.aboutId };
  const { id: objectionId } = await unit(supervision).object({ ...about, reason: `${secret}不在本任务范围内` });
  await city.system(remindOfDays);
  return { nearId, returnedId, sheetId: done[0]!.id, objectionId, verificationId: second!.aboutId, approverId };
}

/** Inputs under which each endpoint of supervision does something with the county's own. */
export function ownSupervision(ids: SupervisionIds): Record<string, Record<string, unknown>> {
  const { nearId, returnedId, sheetId, objectionId, verificationId, approverId } = ids;
  return {
    'supervision.issue': {
      items: [{ matterId: returnedId, colour: 'red' }],
      approval: { leaderId: approverId, on: '2021-09-25' },
    },
    'supervision.approve': { matterIds: [nearId], leaderId: approverId },
    'supervision.excuse': { matterId: nearId, reason: '汛期停工不能施工', approverId, untilOn: '2021-12-01' },
    'supervision.answer': { id: sheetId, text: '月底前完成' },
    'supervision.file': { id: sheetId, format: 'docx' },
    'supervision.print': { ids: [sheetId] },
    'supervision.ofMatter': { id: returnedId },
    'supervision.object': {
      matterId: returnedId,
      about: 'verification',
      aboutId: verificationId,
      reason: '标线不在本任务范围内',
    },
    'supervision.decide': { id: objectionId, result: 'upheld', reason: '任务书写明含标线' },
    'supervision.frequency': { month: '2021-09' },
    'supervision.saveSettings': { basedOn: 0, settings: shippedSettings, reason: '测试' },
    'supervision.saveLimit': { basedOn: 0, template: plainTemplate, reason: '测试' },
  };
}
