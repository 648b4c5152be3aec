import { sql } from 'kysely';
import type { OutboxEvent } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import { accountsOfCity, accountsOfUnits, tellOf } from '#modules/notices/server/public.ts';
import { getBody, getScheme } from './scheme-store.ts';
import { tables } from './tables.ts';

async function nameOf(scope: Scope, schemeId: string): Promise<Words> {
  const { year, version } = await getScheme(scope, schemeId);
  const { name } = await getBody(scope, schemeId, version);
  return { zh: `${year} 年${name.zh}`, en: `${name.en} of ${year}` };
}
const objectionOf = (scope: Scope, id: string) =>
  tables(scope)
    .selectFrom('scores.objection')
    .select(['unitId', 'reason', 'decision', 'state'])
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

async function unitName(scope: Scope, id: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from organization.pub_unit
    where city_id = ${scope.cityId} and id = ${id} limit 1`.execute(scope.db);
  return rows[0]?.name ?? '';
}

/** Scored units hear that their result is shown, those who decide that somebody objects, the unit what was decided. */
export const tellings: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>> = {
  'scores.published': async (scope, event) => {
    const { schemeId, publicityUntil } = event.data as { schemeId: string; publicityUntil: string };
    await tellOf(scope, event, await accountsOfUnits(scope, 'scores.assess', event.unitIds), {
      kind: 'score',
      title: {
        zh: `考核结果公示至 ${publicityUntil}，有异议请在期内提出`,
        en: `Scores are shown until ${publicityUntil}: object within that time`,
      },
      body: await nameOf(scope, schemeId),
      link: `/scores/${schemeId}/publicity`,
    });
  },
  'scores.objected': async (scope, event) => {
    const { schemeId, objectionId } = event.data as { schemeId: string; objectionId: string };
    const objection = await objectionOf(scope, objectionId);
    if (objection?.state !== 'filed') return;
    const name = await nameOf(scope, schemeId);
    const unit = await unitName(scope, objection.unitId);
    await tellOf(scope, event, await accountsOfCity(scope, 'scores.decide'), {
      kind: 'score',
      title: { zh: `${unit}对考核提出异议，请裁定`, en: `${unit} objects to its scores: decide` },
      body: { zh: `${name.zh}：${objection.reason}`, en: `${name.en}: ${objection.reason}` },
      link: `/scores/${schemeId}/publicity`,
    });
  },
  'scores.objectionDecided': async (scope, event) => {
    const { schemeId, objectionId, result } = event.data as {
      schemeId: string;
      objectionId: string;
      result: 'upheld' | 'changed';
    };
    const objection = await objectionOf(scope, objectionId);
    if (!objection) return;
    const name = await nameOf(scope, schemeId);
    await tellOf(scope, event, await accountsOfUnits(scope, 'scores.assess', [objection.unitId]), {
      kind: 'score',
      title:
        result === 'changed'
          ? { zh: '考核异议成立，将更正结果', en: 'Your objection was accepted: the result will be corrected' }
          : { zh: '考核异议裁定：维持原结果', en: 'Your objection was not accepted' },
      body: { zh: `${name.zh}：${objection.decision ?? ''}`, en: `${name.en}: ${objection.decision ?? ''}` },
      link: `/scores/${schemeId}/publicity`,
    });
  },
};
