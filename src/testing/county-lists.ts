import { sql } from 'kysely';
import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';

/** Of the county: two claimed matters of which one is drawn, a view somebody kept, and the address of a calendar feed. */
export async function layOutLists(
  city: TestCity,
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  { unitId, leaderId, accountId }: { unitId: string; leaderId: string; accountId: string },
): Promise<void> {
  const ids: string[] = [];
  for (const label of ['抽查一', '抽查二']) {
    const { id } = await office(ledger).raise({
      kind: 'task',
      title: `${secret}${label}`,
      source: { kind: 'document', title: secret },
      leadUnitId: unitId,
      leadLeaderId: leaderId,
      dueOn: '2021-12-31',
      issue: true,
    });
    const file = await unit.upload(`${secret}${label}.txt`, new TextEncoder().encode(`${secret}${label}`));
    await unit(ledger).sign({ ids: [id] });
    await unit(ledger).claim({ id, text: secret, evidence: [{ kind: 'document', fileId: file.id }] });
    ids.push(id);
  }
  await office(ledger).drawSample({ ids, k: 1, seed: secret });
  await unit(ledger).saveView({ name: secret, query: { q: secret } });
  await city.system((scope) =>
    sql`insert into ledger.feed (city_id, account_id, token_hash, made_at)
      values (${scope.cityId}, ${accountId}, ${`${secret}的地址`}, ${scope.now})`.execute(scope.db),
  );
}

/** Inputs under which what is asked of lists and draws concerns the county's own. */
export const ownLists = (
  sampleId: string,
  claimedId: string,
  otherId: string,
  secret: string,
): Record<string, Record<string, unknown>> => ({
  'ledger.sample': { id: sampleId },
  'ledger.drawSample': { ids: [claimedId, otherId], k: 1, seed: '种子' },
  'ledger.judgeSample': { id: sampleId, matterId: claimedId, result: 'passed', method: 'onSite', note: '属实' },
  'ledger.closeSample': { id: sampleId, note: '合格' },
  // What a person asks is theirs, whichever id stands in it.
  'ledger.saveView': { name: `${secret}视图`, query: {} },
  'ledger.calendarFile': { token: `${'A'.repeat(43)}.ics` },
});
