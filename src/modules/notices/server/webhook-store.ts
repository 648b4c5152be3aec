import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { NoticeKind } from '../rules.ts';
import type { Message, WebhookFormat } from '../signature.ts';

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  secret: string | null;
  format: WebhookFormat;
  kinds: NoticeKind[];
  isActive: boolean;
  lastState: 'waiting' | 'sent' | 'failed' | null;
  lastAt: Date | null;
  lastError: string | null;
}

export async function listWebhooks(scope: Scope, id?: string): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select w.id, w.name, w.url, w.secret, w.format, w.kinds, w.is_active, d.state as last_state, coalesce(d.sent_at, d.made_at) as last_at,
      d.last_error
    from notices.webhook w
    left join lateral (select * from notices.delivery d where d.city_id = w.city_id and d.webhook_id = w.id order by d.made_at desc limit 1) d
      on true
    where w.city_id = ${scope.cityId} ${id === undefined ? sql`` : sql`and w.id = ${id}`} order by w.name`.execute(
    scope.db,
  );
  return rows;
}

export async function setWebhook(
  scope: Scope,
  {
    id,
    name,
    url,
    secret,
    format,
    kinds,
    isActive,
  }: Pick<WebhookRow, 'id' | 'name' | 'url' | 'secret' | 'format' | 'kinds' | 'isActive'>,
): Promise<void> {
  await sql`insert into notices.webhook (city_id, id, name, url, secret, format, kinds, is_active, changed_at)
    values (${scope.cityId}, ${id}, ${name}, ${url}, ${secret}, ${format}, ${kinds}::text[], ${isActive}, ${scope.now})
    on conflict (city_id, id) do update set name = excluded.name, url = excluded.url, secret = excluded.secret, format = excluded.format,
      kinds = excluded.kinds, is_active = excluded.is_active, changed_at = excluded.changed_at`.execute(scope.db);
}

export async function removeWebhook(scope: Scope, id: string): Promise<boolean> {
  await sql`delete from notices.delivery where city_id = ${scope.cityId} and webhook_id = ${id}`.execute(scope.db);
  const { rows } = await sql<{
    id: string;
  }>`delete from notices.webhook where city_id = ${scope.cityId} and id = ${id} returning id`.execute(scope.db);
  return rows.length > 0;
}

/** Puts one message on its way to every active webhook that wants its kind, or to one by id (a test). */
export async function insertWebhookDeliveries(scope: Scope, message: Message, onlyId?: string): Promise<void> {
  const hooks = (await listWebhooks(scope, onlyId)).filter(
    (hook) => onlyId !== undefined || (hook.isActive && hook.kinds.includes(message.kind as NoticeKind)),
  );
  for (const hook of hooks)
    await sql`insert into notices.delivery (city_id, id, webhook_id, channel, state, not_before, body, made_at)
      values (${scope.cityId}, ${newId()}, ${hook.id}, 'webhook', 'waiting', ${scope.now}, ${JSON.stringify(message)}::jsonb, ${scope.now})`.execute(
      scope.db,
    );
}
