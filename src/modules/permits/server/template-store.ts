import type { Scope } from '#core/server/scope.ts';
import type { Template, TemplateStep } from '../contract.ts';
import { shippedTemplates } from '../templates.ts';
import { asJson, tables } from './tables.ts';

const shipped = (): Template[] =>
  shippedTemplates.map(({ code, name, steps }) => ({
    code,
    name,
    version: 0,
    steps: steps.map((step) => ({ ...step, after: [...step.after] })),
    reason: null,
    actorName: null,
    at: null,
  }));

/** The templates that count now, in the shipped order: the city's newest versions, else as shipped. */
export async function listTemplates(scope: Scope): Promise<Template[]> {
  const rows = await tables(scope)
    .selectFrom('permits.templateVersion')
    .distinctOn('code')
    .select(['code', 'version', 'steps', 'reason', 'actorName', 'at'])
    .where('cityId', '=', scope.cityId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  const own = new Map(rows.map((row) => [row.code, row]));
  return shipped().map((template) => {
    const row = own.get(template.code);
    return row ? { ...template, ...row, at: row.at.toISOString() } : template;
  });
}

export const findTemplate = async (scope: Scope, code: string): Promise<Template | undefined> =>
  (await listTemplates(scope)).find((template) => template.code === code);

/** False when somebody else has just written this version. */
export async function insertTemplateVersion(
  scope: Scope,
  row: { code: string; version: number; steps: TemplateStep[]; reason: string },
): Promise<boolean> {
  const { id: actorId, name: actorName } = scope.actor;
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('permits.templateVersion')
    .values({ ...row, steps: asJson(row.steps), cityId: scope.cityId, actorId, actorName, at: scope.now })
    .onConflict((c) => c.columns(['cityId', 'code', 'version']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
