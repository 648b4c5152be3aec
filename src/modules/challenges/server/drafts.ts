import { sql } from 'kysely';
import { audited, hashOf } from '#core/server/audit.ts';
import { invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { ratioOf } from '#core/shared/rate.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { findSnapshotOf } from '#modules/snapshots/server/public.ts';
import { isEnded } from '../flow.ts';
import { exactOf, ratioFrom } from '../progress.ts';
import { rewardFault } from '../reward.ts';
import type { ChallengeTerms, ExactValue, ReviewConclusion } from '../terms.ts';
import type { BaselinePayload } from './facts.ts';
import { insertEvent, insertRuling, keep, lockFor, move, namesOf, refuseMoved, refuseUnless } from './keep.ts';
import type { Whole } from './load.ts';
import { readValue } from './read-value.ts';
import { type BatchTable, jsonb, tables } from './tables.ts';

const batchWords = { zh: '批次', en: 'batch' };
const publishes = (scope: Scope, unitId: string): boolean => {
  if (!scope.can('challenges.publish')) return false;
  const reach = scope.reach('challenges.publish');
  return reach.all || reach.unitIds.includes(unitId);
};

/** @throws Problem 404 for a batch, or a unit, that the caller does not publish for */
export async function getOwnBatch(scope: Scope, id: string): Promise<BatchTable> {
  const found = await tables(scope)
    .selectFrom('challenges.batch')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found || !publishes(scope, found.publisherUnitId)) throw notFound(batchWords);
  return found;
}

export interface BatchInput {
  id?: string | undefined;
  version?: number | undefined;
  title: string;
  year: number;
  publisherUnitId: string;
  isSingleAward: boolean;
  audience: BatchTable['audience'];
  publicityDays: number;
  rules: string;
  source: string | null;
}

/** A new batch, or a change of one of which nothing is published yet. @throws Problem 404, 409 */
export async function saveBatch(scope: Scope, { id, version, ...input }: BatchInput) {
  const known = id === undefined ? undefined : await getOwnBatch(scope, id);
  if (!publishes(scope, input.publisherUnitId)) throw notFound({ zh: '单位', en: 'unit' });
  await namesOf(scope, [input.publisherUnitId]);
  if (known) {
    refuseMoved(known.version, version);
    const published = await tables(scope)
      .selectFrom('challenges.challenge')
      .select('id')
      .where('cityId', '=', scope.cityId)
      .where('batchId', '=', known.id)
      .where('publishedOn', 'is not', null)
      .executeTakeFirst();
    refuseUnless(!published, {
      zh: '本批次已有发布的榜，规则不能再改；请另开批次',
      en: 'Challenges of this batch are published: its rules stand. Open another batch',
    });
  }
  const row = { ...input, version: (known?.version ?? 0) + 1 };
  const batchId = known?.id ?? newId();
  if (known)
    await tables(scope)
      .updateTable('challenges.batch')
      .set(row)
      .where('cityId', '=', scope.cityId)
      .where('id', '=', known.id)
      .execute();
  else
    await tables(scope)
      .insertInto('challenges.batch')
      .values({
        cityId: scope.cityId,
        id: batchId,
        ...row,
        madeByName: scope.actor.name,
        madeAt: scope.now,
        demo: false,
      })
      .execute();
  audited(scope, { subject: 'challenges.batch', id: batchId, before: known, after: row });
  return { id: batchId, version: row.version };
}

export interface DraftInput {
  id?: string | undefined;
  version?: number | undefined;
  batchId: string;
  ownerUnitId: string;
  verifierUnitId: string | null;
  terms: ChallengeTerms;
  supports: readonly { title: string; unitId: string; dueOn: Day }[];
}

/** A new draft, or a change of one: what was published does not change any more. @throws Problem 404, 409, 422 */
export async function saveDraft(scope: Scope, input: DraftInput) {
  const whole =
    input.id === undefined ? undefined : (await lockFor(scope, input.id, ['publisher'], input.version)).whole;
  const batch = await getOwnBatch(scope, input.batchId);
  if (!publishes(scope, input.ownerUnitId)) throw notFound({ zh: '单位', en: 'unit' });
  await namesOf(scope, [input.ownerUnitId, input.verifierUnitId, ...input.supports.map((s) => s.unitId)]);
  const { terms } = input;
  const fault = terms.reward && rewardFault(terms.reward.formula);
  if (fault) throw invalid('formula', fault, 'terms.reward.formula');
  await refuseStrangeProjects(scope, terms);
  if (whole)
    refuseUnless(whole.row.state === 'draft', {
      zh: '已发布的榜不能修改条款；签状后的变更通过调整书办理',
      en: 'What is published does not change; after the signing an adjustment does it',
    });
  const common = {
    batchId: batch.id,
    title: terms.title,
    ownerUnitId: input.ownerUnitId,
    verifierUnitId: input.verifierUnitId,
    dueOn: terms.dueOn,
  };
  const id = whole?.row.id ?? newId();
  if (!whole) {
    await tables(scope)
      .insertInto('challenges.challenge')
      .values({
        cityId: scope.cityId,
        id,
        ...common,
        no: await takeNumber(scope, batch.year),
        state: 'draft',
        terms: jsonb(terms),
        publishedOn: null,
        publicityFrom: null,
        publicityUntil: null,
        signedOn: null,
        endedOn: null,
        madeByName: scope.actor.name,
        madeAt: scope.now,
        demo: batch.demo,
        version: 1,
      })
      .execute();
    await insertEvent(scope, id, { act: 'draft', fromState: null, toState: 'draft', text: null, side: 'publisher' });
    audited(scope, { subject: 'challenges.challenge', id, after: { title: terms.title } });
  }
  await setSupports(scope, id, input.supports);
  if (!whole) return { id, version: 1 };
  return keep(scope, whole, { act: 'edit', changes: { ...common, terms }, side: 'publisher' });
}

export async function setSupports(scope: Scope, challengeId: string, supports: DraftInput['supports']): Promise<void> {
  await tables(scope)
    .deleteFrom('challenges.support')
    .where('cityId', '=', scope.cityId)
    .where('challengeId', '=', challengeId)
    .execute();
  if (supports.length === 0) return;
  await tables(scope)
    .insertInto('challenges.support')
    .values(
      supports.map((support, position) => ({
        cityId: scope.cityId,
        id: newId(),
        challengeId,
        position,
        ...support,
        matterId: null,
      })),
    )
    .execute();
}

/** 榜〔2021〕3号, running through the year of the batch. */
export async function takeNumber(scope: Scope, year: number): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into challenges.number_series as s (city_id, year, last) values (${scope.cityId}, ${year}, 1)
    on conflict (city_id, year) do update set last = s.last + 1 returning last`.execute(scope.db);
  return `榜〔${year}〕${rows[0]!.last}号`;
}

/** Projects from whose filings the number is read must be within reach of who names them. @throws Problem 404 */
async function refuseStrangeProjects(scope: Scope, { metric: { source } }: ChallengeTerms): Promise<void> {
  if (source.kind !== 'filings') return;
  const ids = [...new Set(source.projectIds)];
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.id = any(${ids}::uuid[]) and ${withinReach(scope)}`.execute(scope.db);
  if (rows[0]!.n < ids.length) throw notFound({ zh: '项目', en: 'project' });
}

export interface BaselineInput {
  id: string;
  version: number;
  on: Day;
  value?: string | undefined;
  document: string;
  reason?: string | undefined;
  fileId?: string | undefined;
}

/**
 * Freezes the number from which everything is measured, with its day, its document and a hash. After the signing it is a
 * restatement: kept beside the signed one, which goes on to hold until both sign an adjustment. @throws Problem 404, 409, 422
 */
export async function setBaseline(scope: Scope, input: BaselineInput) {
  const { whole, side } = await lockFor(scope, input.id, ['publisher'], input.version);
  const { row } = whole;
  const isRestated = row.publishedOn !== null;
  refuseUnless(!isEnded(row.state) && row.state !== 'verified' && (row.state === 'draft' || row.signedOn !== null), {
    zh: '发榜后到签状前不改基线；验收后封存',
    en: 'The baseline is not changed between publication and signing, nor after the verification',
  });
  if (isRestated && !input.reason)
    throw invalid('reason_missing', { zh: '重述基线请说明原因', en: 'Say why the baseline is restated' }, 'reason');
  const value = await baselineValue(scope, whole, input);
  await recordBaseline(scope, whole, value, { ...input, isRead: input.value === undefined });
  return keep(scope, whole, {
    act: isRestated ? 'restateBaseline' : 'baseline',
    topic: isRestated ? 'baselineRestated' : 'changed',
    text: input.reason ?? null,
    side,
  });
}

async function baselineValue(scope: Scope, { row }: Whole, { on, value }: BaselineInput): Promise<ExactValue> {
  if (value !== undefined) return exactOf(ratioOf(value));
  const { source } = row.terms.metric;
  const reach = scope.reach('indicators.read');
  // Figures of indicators are read within one's reach: half a city would be a wrong baseline for the whole one.
  const isAside =
    source.kind === 'indicator' && !reach.all && !(source.key !== null && reach.unitIds.includes(source.key));
  if (source.kind === 'submission' || isAside)
    throw invalid(
      'value_missing',
      { zh: '请填写基线数值（平台不能代为取数）', en: 'Give the value: the platform cannot read it for you' },
      'value',
    );
  const read = await readValue(scope, source, on);
  if (!read)
    throw invalid(
      'no_value',
      {
        zh: `${on} 没有可取的数值，请换日期或直接填写`,
        en: `There is no value on ${on}: choose another day or type it`,
      },
      'on',
    );
  return exactOf(read.value);
}
/** The snapshot of the month holds the number where there is one; else this record itself is the snapshot. */
export async function recordBaseline(
  scope: Scope,
  whole: Whole,
  value: ExactValue,
  {
    on,
    document,
    reason,
    fileId,
    isRead,
  }: Pick<BaselineInput, 'on' | 'document' | 'reason' | 'fileId'> & { isRead: boolean },
): Promise<void> {
  const snapshot =
    whole.row.terms.metric.source.kind === 'submission' ? undefined : await findSnapshotOf(scope, on.slice(0, 7));
  const id = newId();
  const payload: BaselinePayload = {
    ...exactOf(ratioFrom(value)),
    snapshotId: snapshot?.id ?? id,
    snapshotHash: snapshot?.hash ?? hashOf({ value, on, document, metric: whole.row.terms.metric }),
    reason: reason ?? null,
    isRead,
  };
  await insertRuling(
    scope,
    whole.row.id,
    {
      kind: 'baseline',
      onDay: on,
      text: reason ?? '封存基线',
      basis: document,
      payload,
      fileId,
    },
    id,
  );
}

/** 公平竞争审查: it counts for the terms as they are; a change afterwards asks for another. @throws Problem 404, 409 */
export async function recordReview(
  scope: Scope,
  input: {
    id: string;
    version: number;
    conclusion: ReviewConclusion;
    legalBasis: string;
    on: Day;
    by: string;
    fileId?: string | undefined;
  },
) {
  const { whole, side } = await lockFor(scope, input.id, ['publisher'], input.version);
  refuseUnless(whole.row.state === 'draft', {
    zh: '公平竞争审查在发榜之前',
    en: 'The review comes before the publication',
  });
  await insertRuling(scope, input.id, {
    kind: 'review',
    onDay: input.on,
    text: input.by,
    basis: input.legalBasis,
    payload: { conclusion: input.conclusion, termsHash: hashOf(whole.row.terms) },
    fileId: input.fileId,
  });
  return keep(scope, whole, { act: 'review', text: input.legalBasis, side });
}

/** 发榜. @throws Problem 404, 409, 422 missing with everything that is */
export const publish = (scope: Scope, { id, version }: { id: string; version: number }) =>
  move(scope, { id, version, name: 'publish' }, { topic: 'published', changes: { publishedOn: scope.today } });
