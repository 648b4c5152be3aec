import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { notFound } from '#core/server/errors.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import { callOf } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { findAbsent } from '#modules/identity/server/public.ts';
import { shippedTemplate } from '../templates.ts';
import { listPublications } from './store.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const mostItems = 50;

export async function findFeed(scope: Scope): Promise<{ madeAt: string | null }> {
  const { rows } = await sql<{ madeAt: Date }>`select made_at from publications.feed
    where city_id = ${scope.cityId} and account_id = ${scope.actor.id}`.execute(scope.db);
  return { madeAt: rows[0]?.madeAt.toISOString() ?? null };
}

/** New addresses. Only the hash is kept, so they are told once; the ones before end. */
export async function makeFeed(scope: Scope): Promise<{ rss: string; json: string }> {
  const token = randomBytes(32).toString('base64url');
  await sql`insert into publications.feed (city_id, account_id, token_hash, made_at)
    values (${scope.cityId}, ${scope.actor.id}, ${hashOf(token)}, ${scope.now})
    on conflict (city_id, account_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at`.execute(
    scope.db,
  );
  audited(scope, { subject: 'publications.feed', id: scope.actor.id, after: { state: 'made' } });
  const path = `/api/publication-feed/${token}`;
  return { rss: `${path}.xml`, json: `${path}.json` };
}

export async function endFeed(scope: Scope): Promise<Record<never, never>> {
  await sql`delete from publications.feed where city_id = ${scope.cityId} and account_id = ${scope.actor.id}`.execute(
    scope.db,
  );
  audited(scope, { subject: 'publications.feed', id: scope.actor.id, after: { state: 'ended' } });
  return {};
}

const escaped = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * The newest released bulletins, by the rights that the person behind the address has now. Title, month, number and day
 * only: what stands on a notice board; figures are behind the link, which asks who reads. @throws Problem 404
 */
export async function feedFile(scope: Scope, { token }: { token: string }): Promise<FileReply> {
  const [secret, ending] = [token.slice(0, 43), token.slice(44)];
  const { rows } = await sql<{ accountId: string }>`select account_id from publications.feed
    where city_id = ${scope.cityId} and token_hash = ${hashOf(secret)}`.execute(scope.db);
  const holder = rows[0] && (await findAbsent(scope, rows[0].accountId));
  if (!holder?.grants.has('publications.read')) throw notFound({ zh: '订阅', en: 'feed' });
  const released = (await listPublications(scope, { states: ['released'] }))
    .sort((a, b) => b.releasedAt!.getTime() - a.releasedAt!.getTime())
    .slice(0, mostItems);
  const request = callOf(scope)?.request;
  const linkTo = (path: string): string => (request ? new URL(path, request.url).href : path);
  const items = released.map((row) => ({
    id: row.id,
    url: linkTo(`/publications/${row.id}`),
    title: row.issue > 1 ? `${row.title}（第${row.issue}版）` : row.title,
    period: row.period,
    kind: shippedTemplate(row.template).name.zh,
    number: row.number,
    issue: row.issue,
    isReplaced: row.replacedById !== null,
    at: row.releasedAt!,
  }));
  const title = '重点项目通报';
  if (ending === 'json') {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      language: 'zh-CN',
      home_page_url: linkTo('/publications'),
      items: items.map(({ at, id, url, title: name, kind, ...rest }) => ({
        id,
        url,
        title: name,
        content_text: `${rest.period} ${kind}`,
        date_published: at.toISOString(),
        tags: [kind],
        _guatu: rest,
      })),
    };
    return fileReply({
      name: 'publications.json',
      type: 'application/feed+json; charset=utf-8',
      body: new TextEncoder().encode(JSON.stringify(feed, null, 1)),
    });
  }
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0"><channel>',
    `<title>${title}</title><link>${escaped(linkTo('/publications'))}</link><description>已签发的通报</description><language>zh-cn</language>`,
    ...items.map(
      (item) =>
        `<item><guid isPermaLink="false">${item.id}</guid><title>${escaped(item.title)}</title><link>${escaped(item.url)}</link>` +
        `<category>${escaped(item.kind)}</category><description>${escaped([item.period, item.kind, item.number ?? ''].join(' ').trim())}</description>` +
        `<pubDate>${item.at.toUTCString()}</pubDate></item>`,
    ),
    '</channel></rss>',
    '',
  ].join('\n');
  return fileReply({
    name: 'publications.xml',
    type: 'application/rss+xml; charset=utf-8',
    body: new TextEncoder().encode(xml),
  });
}
