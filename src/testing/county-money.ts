import type { Caller } from '#core/server/testing/test-city.ts';
import { funding } from '#modules/funding/contract.ts';

const wan = (n: number) => n * 10_000;

/** Money of one project of a county in every table that holds it: revisions, entries, a contract, a bond of its own. */
export async function layOutMoney(
  { office, filer }: { office: Caller; filer: Caller },
  secret: string,
  projectId: string,
): Promise<void> {
  const file = await filer.upload(`${secret}回单.txt`, new TextEncoder().encode(`${secret}回单`));
  const basis = { document: secret, reason: secret, approver: secret, decidedOn: '2021-02-01' };
  // The total itself stands in the register, and its first value here by the listener.
  await office(funding).revise({ id: projectId, track: 'agreement', kind: 'agreement', yuan: wan(40_000), ...basis });
  const bond = await office(funding).saveBond({
    name: `${secret}专项债`,
    code: null,
    yuan: wan(900),
    issuedOn: '2021-03-01',
    termYears: 10,
    ratePercent: '3.3',
    note: secret,
  });
  await office(funding).allot({ id: bond.id, projectId, yuan: wan(800), allottedOn: '2021-03-02', document: secret });
  const { id: contractId } = await filer(funding).addContract({
    id: projectId,
    contract: {
      title: `${secret}合同`,
      nature: 'construction',
      supplierName: secret,
      signedOn: '2021-02-01',
      valueYuan: wan(5_000),
    },
  });
  const change = {
    kind: 'value',
    deltaYuan: wan(100),
    onDay: '2021-03-01',
    rationale: secret,
    document: secret,
  } as const;
  await filer(funding).modifyContract({ id: contractId, ...change });
  const entry = { year: 2021, document: secret };
  const month = { ...entry, period: '2021-08', onDay: '2021-08-20' };
  await filer(funding).enter({
    id: projectId,
    entries: [
      { ...month, kind: 'arrived', source: 'own', yuan: wan(300), fileId: file.id },
      { ...entry, kind: 'plan', source: 'own', yuan: wan(5_000), onDay: '2021-01-20' },
      { ...entry, kind: 'plan', source: 'bond', yuan: wan(800), onDay: '2021-01-20' },
      { ...month, kind: 'arrived', source: 'bond', yuan: wan(800) },
      { ...month, kind: 'paid', source: 'bond', yuan: wan(200) },
      { ...month, kind: 'paid', source: 'own', yuan: wan(400), contractId },
      { ...month, kind: 'toPay', yuan: wan(700) },
    ],
    explanation: `${secret}施工单位先行垫付，资金下月到位`,
  });
  const [paid] = await filer(funding).entries({ id: projectId, kind: 'paid', source: 'bond' });
  const again = { yuan: wan(210), onDay: '2021-08-20', document: secret, reason: secret };
  await filer(funding).correct({ id: paid!.id, ...again });
}
