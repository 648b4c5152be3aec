import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { isClaimed } from '../flow.ts';
import type { Sample, SampleMember } from '../list-contract.ts';
import { inDrawOrder, populationHash } from '../sample.ts';
import { readerOf, withinReachOf } from './list-reach.ts';
import { insertRows } from './rows.ts';
import { insertEvents, lockMatters } from './store.ts';
import { demandOutside, passMatter, passMatters, returnMatter } from './verify-acts.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const words = { zh: '抽查', en: 'sample' };

/**
 * Draws k of the claimed matters. All of them must be claimed, within the caller's reach, and the caller must stand outside
 * each: the same person verifies the drawn ones and answers for the rest. @throws Problem 404, 409, 422
 */
export async function drawSample(
  scope: Scope,
  { ids, k, seed }: { ids: readonly string[]; k: number; seed: string },
): Promise<{ id: string }> {
  const held = await lockMatters(scope, ids, 'ledger.verify');
  if (held.length < new Set(ids).size) throw notFound({ zh: '事项', en: 'matter' });
  const other = held.find((m) => !isClaimed(m.state));
  if (other)
    throw conflict('not_claimed', {
      zh: `${other.no} 没有申请销号，不能抽查`,
      en: `${other.no} is not claimed done: it cannot be sampled`,
    });
  if (k >= held.length)
    throw invalid('not_a_sample', { zh: '抽取件数应少于总件数', en: 'Draw fewer than there are' }, 'k');
  for (const matter of held) await demandOutside(scope, matter);
  const { rows } = await sql<{ no: string }>`select m.no from ledger.sample_member b
    join ledger.sample s on s.city_id = b.city_id and s.id = b.sample_id and s.state = 'open'
    join ledger.matter m on m.city_id = b.city_id and m.id = b.matter_id
    where b.city_id = ${scope.cityId} and b.matter_id = any(${held.map((m) => m.id)}::uuid[]) limit 1`.execute(
    scope.db,
  );
  if (rows[0])
    throw conflict('in_another_sample', {
      zh: `${rows[0].no} 已在另一次抽查中，请先办完那一次`,
      en: `${rows[0].no} is in another draw already: finish that one first`,
    });
  const numbers = held.map((m) => m.no);
  const order = inDrawOrder(numbers, seed, sha256);
  const drawn = new Set(order.slice(0, k).map((one) => one.number));
  const id = newId();
  await insertRows(scope, 'ledger.sample', [
    {
      id,
      seed,
      populationHash: populationHash(numbers, sha256),
      state: 'open',
      drawnBy: scope.actor.id,
      drawnByName: scope.actor.name,
      drawnAt: scope.now.toISOString(),
    },
  ]);
  await insertRows(
    scope,
    'ledger.sample_member',
    held.map((m) => ({ sampleId: id, matterId: m.id, isDrawn: drawn.has(m.no) })),
  );
  await insertEvents(
    scope,
    held.map((m) => ({
      matterId: m.id,
      act: 'sample' as const,
      fromState: m.state,
      toState: m.state,
      payload: { sampleId: id, seed, isDrawn: drawn.has(m.no), of: held.length, k },
    })),
  );
  audited(scope, { subject: 'ledger.sample', id, after: { seed, k, of: held.length } });
  return { id };
}

interface SampleRow {
  id: string;
  seed: string;
  populationHash: string;
  state: Sample['state'];
  drawnBy: string;
  drawnByName: string;
  drawnAt: Date;
  closedAt: Date | null;
}

/** One who may see none of its members does not learn of it. @throws Problem 404 */
async function getSample(scope: Scope, id: string, locked = false): Promise<SampleRow> {
  const { rows } =
    await sql<SampleRow>`select s.* from ledger.sample s where s.city_id = ${scope.cityId} and s.id = ${id}
    and exists (select 1 from ledger.sample_member b join ledger.matter m on m.city_id = b.city_id and m.id = b.matter_id
      where b.city_id = s.city_id and b.sample_id = s.id and ${withinReachOf(readerOf(scope))})
    ${locked ? sql`for update of s` : sql``}`.execute(scope.db);
  if (!rows[0]) throw notFound(words);
  return rows[0];
}

type Member = Omit<SampleMember, 'hash'>;

/** A drawn one that was verified on its own page counts as judged: the newest verification since the draw says how. */
async function listMembers(scope: Scope, sample: SampleRow): Promise<Member[]> {
  const { rows } = await sql<Member>`select m.id as matter_id, m.no, m.title, m.track, m.state,
      (select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = m.city_id and u.id = m.lead_unit_id) as lead_unit_name,
      b.is_drawn, coalesce(b.result, (select v.result from ledger.verification v where v.city_id = m.city_id and v.matter_id = m.id
        and v.at >= ${sample.drawnAt} order by v.at desc limit 1)) as result
    from ledger.sample_member b join ledger.matter m on m.city_id = b.city_id and m.id = b.matter_id
    where b.city_id = ${scope.cityId} and b.sample_id = ${sample.id} and ${withinReachOf(readerOf(scope))}`.execute(
    scope.db,
  );
  return rows;
}

export async function presentSample(scope: Scope, { id }: { id: string }): Promise<Sample> {
  const { drawnBy, drawnAt, closedAt, ...sample } = await getSample(scope, id);
  const members = await listMembers(scope, { drawnBy, drawnAt, closedAt, ...sample });
  const byNo = new Map(members.map((member) => [member.no, member]));
  const ordered = inDrawOrder([...byNo.keys()], sample.seed, sha256).map(({ number, hash }) => ({
    ...byNo.get(number)!,
    hash,
  }));
  const isMine = drawnBy === scope.actor.id && sample.state === 'open';
  const drawn = ordered.filter((member) => member.isDrawn);
  return {
    id,
    seed: sample.seed,
    populationHash: sample.populationHash,
    state: sample.state,
    drawnByName: sample.drawnByName,
    drawnAt: drawnAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    population: members.length,
    members: ordered,
    allowed: [
      ...(isMine && drawn.some((member) => member.result === null) ? (['judge'] as const) : []),
      ...(isMine && drawn.every((member) => member.result === 'passed') ? (['close'] as const) : []),
    ],
  };
}

export async function listSamples(scope: Scope) {
  const { rows } = await sql<Omit<SampleRow, 'drawnBy'> & { population: number; drawn: number; judged: number }>`
    select s.id, s.seed, s.population_hash, s.state, s.drawn_by_name, s.drawn_at, s.closed_at, count(*) as population,
      count(*) filter (where b.is_drawn) as drawn, count(*) filter (where b.is_drawn and b.result is not null) as judged
    from ledger.sample s join ledger.sample_member b on b.city_id = s.city_id and b.sample_id = s.id
    join ledger.matter m on m.city_id = b.city_id and m.id = b.matter_id
    where s.city_id = ${scope.cityId} and ${withinReachOf(readerOf(scope))}
    group by s.city_id, s.id order by s.drawn_at desc limit 100`.execute(scope.db);
  return rows.map((row) => ({
    ...row,
    drawnAt: row.drawnAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
}

const mine = (scope: Scope, sample: SampleRow) => {
  if (sample.drawnBy !== scope.actor.id)
    throw conflict('another_drew', {
      zh: `这次抽查由 ${sample.drawnByName} 抽取，由其本人复核`,
      en: `${sample.drawnByName} drew this sample and verifies it`,
    });
  if (sample.state !== 'open') throw conflict('sample_over', { zh: '这次抽查已经办结', en: 'This draw is over' });
};

/** Verifies one that was drawn. One that fails is returned, and the whole draw with it: the rest are verified singly. */
export async function judgeSample(
  scope: Scope,
  input: {
    id: string;
    matterId: string;
    result: 'passed' | 'failed';
    method: 'onSite' | 'document' | 'photo';
    note: string;
  },
): Promise<{ id: string }> {
  const sample = await getSample(scope, input.id, true);
  const member = (await listMembers(scope, sample)).find((one) => one.matterId === input.matterId && one.isDrawn);
  if (!member) throw notFound({ zh: '抽中的事项', en: 'drawn matter' });
  mine(scope, sample);
  const [held] = await lockMatters(scope, [input.matterId], 'ledger.verify');
  if (!held) throw notFound({ zh: '事项', en: 'matter' });
  const given = { method: input.method, note: input.note, batchId: sample.id };
  if (input.result === 'passed') await passMatter(scope, held, given);
  else await returnMatter(scope, held, { ...given, toAssigned: held.track === 'onSpot' });
  await sql`update ledger.sample_member set result = ${input.result}
    where city_id = ${scope.cityId} and sample_id = ${sample.id} and matter_id = ${held.id}`.execute(scope.db);
  if (input.result === 'failed') await endSample(scope, sample, 'failed');
  return { id: sample.id };
}

/**
 * All drawn ones held: the rest are struck off in one act, by the same person, each with a verification that names the draw.
 * What moved meanwhile is left as it is. @throws Problem 404, 409
 */
export async function closeSample(
  scope: Scope,
  { id, note }: { id: string; note: string },
): Promise<{ closed: number; left: number }> {
  const sample = await getSample(scope, id, true);
  mine(scope, sample);
  const members = await listMembers(scope, sample);
  const drawn = members.filter((member) => member.isDrawn);
  if (drawn.some((member) => member.result === 'failed')) {
    throw conflict('sample_failed', {
      zh: '抽中的有一件不合格，其余须逐件复核',
      en: 'A drawn one failed: the rest are verified one by one',
    });
  }
  if (drawn.length === 0 || drawn.some((member) => member.result === null))
    throw conflict('not_all_judged', {
      zh: '抽中的还没有全部复核',
      en: 'Not all drawn ones are verified yet',
    });
  const rest = members.filter((member) => !member.isDrawn).map((member) => member.matterId);
  const held = await lockMatters(scope, rest, 'ledger.verify');
  const ready = held.filter((matter) => isClaimed(matter.state));
  await passMatters(scope, ready, { method: 'sample', note, batchId: sample.id });
  await endSample(scope, sample, 'passed');
  return { closed: ready.length, left: rest.length - ready.length };
}

async function endSample(scope: Scope, sample: SampleRow, state: 'passed' | 'failed'): Promise<void> {
  await sql`update ledger.sample set state = ${state}, closed_at = ${scope.now}
    where city_id = ${scope.cityId} and id = ${sample.id}`.execute(scope.db);
  audited(scope, { subject: 'ledger.sample', id: sample.id, before: { state: 'open' }, after: { state } });
}
