import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { defaultFormOf } from '../default-forms.ts';
import { type Form, FormBody, formFor } from '../form.ts';
import { type CycleKind, cycleKinds } from '../period.ts';
import { type FormVersionRow, jsonb, tables } from './tables.ts';

const shippedReason = '随产品提供';

export interface StoredForm extends Form {
  reason: string;
  actorName: string;
  /** Null: as it ships, with no row of the city's own yet. */
  at: Date | null;
}

const storedOf = ({ body, cityId: _city, actorId: _actor, ...row }: FormVersionRow): StoredForm => ({
  ...FormBody.parse(body),
  ...row,
});

/** Versions of every kind, the newest first; a kind without rows of its own stands as it ships. */
export async function listForms(scope: Scope): Promise<Map<CycleKind, StoredForm[]>> {
  const rows = await tables(scope)
    .selectFrom('filings.formVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('version', 'desc')
    .execute();
  return new Map(
    cycleKinds.map((kind) => {
      const own = rows.filter((row) => row.kind === kind).map(storedOf);
      const shipped = { ...defaultFormOf(kind), reason: shippedReason, actorName: '', at: null };
      return [kind, own.length > 0 ? own : [shipped]];
    }),
  );
}

/** The version that counts for a period beginning on `day`; undefined when none does. */
export const findForm = async (scope: Scope, kind: CycleKind, day: Day): Promise<StoredForm | undefined> =>
  formFor((await listForms(scope)).get(kind)!, day);

/** Writes a version; false when somebody else wrote the same one first. */
export async function insertForm(
  scope: Scope,
  { kind, version, formNo, title, issuer, approval, validFrom, validUntil, ...body }: Form,
  reason: string,
): Promise<boolean> {
  const made = await tables(scope)
    .insertInto('filings.formVersion')
    .values({
      cityId: scope.cityId,
      kind,
      version,
      formNo,
      title,
      issuer,
      approval,
      validFrom,
      validUntil,
      body: jsonb(FormBody.parse(body)),
      reason,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.doNothing())
    .returning('version')
    .executeTakeFirst();
  return made !== undefined;
}

/** A cycle points at a row: a form that stands as it ships gets its first one now. */
export async function keepForm(scope: Scope, form: StoredForm): Promise<void> {
  if (form.at !== null) return;
  const { reason, actorName: _name, at: _at, ...plain } = form;
  await insertForm(scope, plain, reason);
}
