import type { Scope } from '#core/server/scope.ts';
import { type SupervisionSettings, shippedSettings } from '../settings.ts';
import { jsonb, type SettingsTable, tables } from './tables.ts';

/** Every version, newest first; empty while the shipped settings hold. */
export const listSettings = (scope: Scope): Promise<SettingsTable[]> =>
  tables(scope)
    .selectFrom('supervision.settingsVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('version', 'desc')
    .execute();

/** What holds now; version 0 is the shipped one. */
export async function getSettings(scope: Scope): Promise<{ version: number; settings: SupervisionSettings }> {
  const [newest] = await listSettings(scope);
  return newest ?? { version: 0, settings: shippedSettings };
}

/** False when somebody has just saved that version. */
export async function insertSettings(
  scope: Scope,
  version: number,
  settings: SupervisionSettings,
  reason: string,
): Promise<boolean> {
  const made = await tables(scope)
    .insertInto('supervision.settingsVersion')
    .values({
      cityId: scope.cityId,
      version,
      settings: jsonb(settings),
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
