import { sql } from 'kysely';
import nodemailer from 'nodemailer';
import webPush, { WebPushError } from 'web-push';
import type { JobRun } from '#core/server/module.ts';
import { publicOnly } from '#core/server/public-address.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import { pushHostOf } from '../push-services.ts';
import { nextTry } from '../rules.ts';
import { type Message, outgoing, type WebhookFormat } from '../signature.ts';
import { ensurePushKey } from './device-store.ts';

interface Claimed {
  id: string;
  channel: 'push' | 'mail' | 'webhook';
  tries: number;
  body: Message | null;
  title: Words | null;
  text: Words | null;
  link: string | null;
  accountId: string | null;
  mailAddress: string | null;
  url: string | null;
  secret: string | null;
  format: WebhookFormat | null;
}

const atOnce = 50;
const patienceMs = 15_000;

/**
 * Takes deliveries whose time has come and makes them invisible for five minutes: a process that dies while it sends
 * leaves them to the next, so each goes out at least once.
 */
async function claim(scope: Scope): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select d.id from notices.delivery d
      where d.city_id = ${scope.cityId} and d.state = 'waiting' and d.not_before <= ${scope.now}
      order by d.not_before limit ${atOnce} for update skip locked),
    taken as (
      update notices.delivery d set tries = d.tries + 1, not_before = ${scope.now}::timestamptz + interval '5 minutes'
      from due where d.city_id = ${scope.cityId} and d.id = due.id returning d.*)
    select t.id, t.channel, t.tries, t.body, n.title, n.body as text, n.link, n.account_id, p.mail_address, w.url, w.secret, w.format
    from taken t
    left join notices.notice n on n.city_id = t.city_id and n.id = t.notice_id
    left join notices.preference p on p.city_id = t.city_id and p.account_id = n.account_id
    left join notices.webhook w on w.city_id = t.city_id and w.id = t.webhook_id`.execute(scope.db);
  return rows;
}

async function settle(scope: Scope, one: Claimed, error: string | null): Promise<void> {
  // A refusal for good (a device that is gone) is not tried again.
  const again = error === null || error.startsWith('gone') ? null : nextTry(one.tries, scope.now);
  const state = error === null ? 'sent' : again === null ? 'failed' : 'waiting';
  await sql`update notices.delivery set state = ${state}, last_error = ${error}, not_before = ${again ?? scope.now},
      sent_at = ${error === null ? scope.now : null}
    where city_id = ${scope.cityId} and id = ${one.id}`.execute(scope.db);
}

/** Sends everything that is due, outside of any transaction: another machine may take seconds to answer. */
export async function sendDue(run: JobRun): Promise<void> {
  for (let round = 0; round < 20 && !run.signal.aborted; round++) {
    const claimed = await run.transaction(claim);
    if (claimed.length === 0) return;
    await Promise.all(
      claimed.map(async (one) => {
        const error = await send(run, one).then(
          () => null,
          (reason: unknown) => String(reason instanceof Error ? reason.message : reason).slice(0, 300),
        );
        if (error) run.log.warn({ channel: one.channel, error }, 'a notice was not delivered');
        await run.transaction((scope) => settle(scope, one, error));
      }),
    );
  }
}

async function send(run: JobRun, one: Claimed): Promise<void> {
  if (one.channel === 'webhook') return sendWebhook(run, one);
  if (!one.title || !one.text || !one.link) throw new Error('gone: the notice is no longer there');
  if (one.channel === 'mail') return sendMail(run, one);
  return sendPush(run, one);
}

const address = (run: JobRun, link: string): string => `${run.host.config.publicUrl ?? ''}${link}`;

async function sendWebhook(run: JobRun, { url, secret, format, body }: Claimed): Promise<void> {
  if (!url || !format || !body) throw new Error('gone: the webhook was removed');
  const request = outgoing({ url, secret, format }, { ...body, link: address(run, body.link) }, new Date());
  const response = await fetch(request.url, {
    method: 'POST',
    headers: request.headers,
    body: request.body,
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
  // Robots answer 200 with the refusal in the body.
  if (format !== 'guatu') {
    const said = (await response.json().catch(() => ({}))) as { errcode?: number; errmsg?: string };
    if (said.errcode) throw new Error(`the robot answered ${said.errcode} ${said.errmsg ?? ''}`);
  }
}

async function sendMail(run: JobRun, { title, text, link, mailAddress }: Claimed): Promise<void> {
  const { mail } = run.host.config;
  if (!mail || !mailAddress) throw new Error('gone: mail is no longer wanted');
  const transport = nodemailer.createTransport({
    url: mail.smtpUrl,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  try {
    await transport.sendMail({
      from: mail.from,
      to: mailAddress,
      subject: title!.zh,
      text: `${title!.zh}\n\n${text!.zh}\n\n${address(run, link!)}\n`,
    });
  } finally {
    transport.close();
  }
}

interface DeviceRow {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
}

async function sendPush(run: JobRun, { title, text, link, accountId }: Claimed): Promise<void> {
  const { keys, devices } = await run.transaction(async (scope) => {
    const { rows } = await sql<DeviceRow>`select id, endpoint, p256dh, auth from notices.device
      where city_id = ${scope.cityId} and account_id = ${accountId}`.execute(scope.db);
    return { keys: await ensurePushKey(scope), devices: rows };
  });
  // Looked at again: a service may have been taken off the list since the browser was registered.
  const wanted = devices.filter(({ endpoint }) => pushHostOf(endpoint, run.host.config.pushHosts ?? []) !== null);
  if (wanted.length === 0) throw new Error('gone: no device at a known push service wants it');
  const payload = JSON.stringify({ title: title!.zh, body: text!.zh, link });
  const failures: string[] = [];
  for (const { id, endpoint, p256dh, auth } of wanted)
    try {
      await webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, payload, {
        vapidDetails: {
          subject: run.host.config.publicUrl?.startsWith('https:')
            ? run.host.config.publicUrl
            : 'mailto:guatu@localhost',
          ...keys,
        },
        TTL: 24 * 3600,
        timeout: patienceMs,
        agent: publicOnly,
      });
    } catch (error) {
      // 404 and 410: the browser has withdrawn; nothing will ever arrive there again.
      if (error instanceof WebPushError && (error.statusCode === 404 || error.statusCode === 410))
        await run.transaction((scope) =>
          sql`delete from notices.device where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db),
        );
      else failures.push(error instanceof Error ? error.message : String(error));
    }
  // One device that heard is enough: the person was told.
  if (failures.length === wanted.length) throw new Error(failures[0]);
}
