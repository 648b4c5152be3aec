import { sql } from 'kysely';
import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { burden } from '#modules/burden/contract.ts';
import { notify } from '#modules/notices/server/public.ts';
import { opendata } from '#modules/opendata/contract.ts';
import { signals } from '#modules/signals/contract.ts';

/**
 * What a county's people are told and asked, what speaks about its figures, and a project that was public and is not any
 * more: what is public now everybody may read, so that would be no secret of the county.
 */
export async function layOutTold(
  city: TestCity,
  { office, filer }: { office: Caller; filer: Caller },
  secret: string,
  { projectId, unitId, accountId }: { projectId: string; unitId: string; accountId: string },
): Promise<void> {
  await office(opendata).publish({ id: projectId, fields: ['content', 'address'], reason: secret });
  await office(opendata).withdraw({ id: projectId, reason: secret });

  // Eight equal months speak for themselves once the listeners have looked.
  await city.settle();
  const [finding] = await filer(signals).ofProject({ projectId });
  if (finding) await filer(signals).explain({ id: finding.id, explanation: `${secret}合同约定按月等额计量` });

  const { id } = await office(burden).ask({
    title: `${secret}夜间施工`,
    purpose: `${secret}安排值班`,
    issuer: '总办',
    dueOn: '2021-12-20',
    fields: [{ name: '夜间施工时段', kind: 'text', keepReason: null }],
    unitIds: [unitId],
  });
  await filer(burden).answer({ id, unitId, contents: [`${secret}无`] });

  await city.system(async (scope) => {
    const words = { zh: secret, en: secret };
    await notify(scope, [
      { accountId, key: secret, kind: 'promise', title: words, body: words, link: '/inbox', projectId },
    ]);
    await sql`insert into notices.preference (city_id, account_id, push, mail_address, quiet_from, quiet_to, changed_at)
      values (${scope.cityId}, ${accountId}, true, 'someone@example.gov.cn', '22:00', '07:00', ${scope.now})`.execute(
      scope.db,
    );
    await sql`insert into notices.device (city_id, id, account_id, endpoint, p256dh, auth, name, added_at)
      values (${scope.cityId}, ${newId()}, ${accountId}, ${`https://push.example/${accountId}`}, 'p', 'a', ${secret}, ${scope.now})`.execute(
      scope.db,
    );
    await sql`insert into notices.delivery (city_id, id, notice_id, channel, state, not_before, made_at)
      select city_id, ${newId()}, id, 'mail', 'failed', at, at from notices.notice
      where city_id = ${scope.cityId} and account_id = ${accountId} and key = ${secret}`.execute(scope.db);
  });
}
