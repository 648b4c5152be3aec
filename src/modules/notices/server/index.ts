import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { OutboxEvent } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/http.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { notices, type Webhook } from '../contract.ts';
import { pushHostOf } from '../push-services.ts';
import { type NoticeKind, noticeKindWords, type Rung } from '../rules.ts';
import { ensurePushKey, findPushKey, insertDevice, listDevices, removeDevice } from './device-store.ts';
import {
  countUnread,
  insertNotices,
  listInbox,
  listPreferences,
  type NewNotice,
  ownerOf,
  plainPreference,
  setPreference,
  setRead,
} from './notice-store.ts';
import { listenersOf, remindOfFilings, remindOfPromises, remindReviewers } from './remind.ts';
import { getRules, insertRules, listRules, type RuleRow } from './rule-store.ts';
import { sendDue } from './send.ts';
import { insertWebhookDeliveries, listWebhooks, removeWebhook, setWebhook, type WebhookRow } from './webhook-store.ts';

const presentRules = ({ at, ...row }: RuleRow) => ({ ...row, at: at?.toISOString() ?? null });
const presentWebhook = ({ url, secret, lastState, lastAt, lastError, ...row }: WebhookRow): Webhook => ({
  ...row,
  url: `${new URL(url).origin}/…`,
  hasSecret: secret !== null,
  last: lastState === null || lastAt === null ? null : { state: lastState, at: lastAt.toISOString(), error: lastError },
});

const hostOf = (endpoint: string): string => URL.parse(endpoint)?.host.slice(0, 100) ?? '';

interface FilingEvent {
  filingId?: string;
  kind?: string;
  period?: string;
  projectName?: string;
  reason?: string;
}

/** What happened to one filing, told to those whom it concerns, and to other systems that want to hear of it. */
const tell =
  (kind: NoticeKind, rung: Rung, say: (e: FilingEvent) => Pick<NewNotice, 'title' | 'body' | 'link'>) =>
  async (scope: Scope, event: OutboxEvent): Promise<void> => {
    if (event.projectId === null) return;
    const { rows } = await sql<Parameters<Awaited<ReturnType<typeof listenersOf>>>[1]>`
      select id as project_id, owner_unit_id, lead_unit_id, command_unit_id, county_unit_id from projects.pub_project
      where city_id = ${scope.cityId} and id = ${event.projectId}`.execute(scope.db);
    if (!rows[0]) return;
    const words = say(event.data as FilingEvent);
    const accounts = await (await listenersOf(scope))(rung, rows[0]);
    await insertNotices(
      scope,
      accounts
        .filter((accountId) => accountId !== event.actorId)
        .map((accountId) => ({ accountId, key: `event ${event.id}`, kind, projectId: event.projectId, ...words })),
    );
    await insertWebhookDeliveries(scope, {
      id: String(event.id),
      kind,
      at: event.at.toISOString(),
      title: words.title,
      text: words.body,
      link: words.link,
    });
    await enqueue(scope, 'notices.send', {}, { key: `notices ${scope.cityId}` });
  };

/** The reasons of a return stand in the filing itself; the notice says which and sends there. */
const aboutFiling = (zh: string, en: string) => (e: FilingEvent) => ({
  title: { zh: `${e.projectName ?? ''} ${e.period ?? ''} ${zh}`, en: `${e.projectName ?? ''} ${e.period ?? ''} ${en}` },
  body: { zh: e.reason ?? '', en: e.reason ?? '' },
  link: '/filings/mine',
});

async function remind(run: JobRun): Promise<void> {
  await run.transaction(async (scope) => {
    await remindOfFilings(scope);
    await remindReviewers(scope);
    await remindOfPromises(scope);
  });
  await sendDue(run);
}

export default defineServerModule(notices, {
  handlers: {
    inbox: async (scope, input) => ({ unread: await countUnread(scope), notices: await listInbox(scope, input) }),
    unread: async (scope) => ({ unread: await countUnread(scope) }),
    read: async (scope, { ids }) => {
      await setRead(scope, ids);
      return { unread: await countUnread(scope) };
    },
    preference: async (scope) => ({
      ...((await listPreferences(scope, [ownerOf(scope)])).get(ownerOf(scope)) ?? plainPreference),
      devices: (await listDevices(scope)).map(({ addedAt, ...row }) => ({ ...row, addedAt: addedAt.toISOString() })),
      pushKey: (await findPushKey(scope))?.publicKey ?? '',
      hasMail: scope.effects.host.config.mail !== undefined,
    }),
    setPreference: async (scope, preference) => {
      await setPreference(scope, preference);
      return preference;
    },
    addDevice: async (scope, input) => {
      const { pushHosts = [] } = scope.effects.host.config;
      if (pushHostOf(input.endpoint, pushHosts) === null)
        throw invalid(
          'push_service_unknown',
          {
            zh: `不向该浏览器的推送服务（${hostOf(input.endpoint)}）推送：请改用 Chrome、Edge、Firefox 或 Safari，或请系统管理员核实后在设置 GUATU_PUSH_HOSTS 中添加其主机名`,
            en: `Nothing is pushed to this browser's service (${hostOf(input.endpoint)}): use Chrome, Edge, Firefox or Safari, or ask the administrator to add its host to GUATU_PUSH_HOSTS`,
          },
          'endpoint',
        );
      await ensurePushKey(scope);
      const { addedAt, ...row } = await insertDevice(scope, input);
      return { ...row, addedAt: addedAt.toISOString() };
    },
    removeDevice: async (scope, { id }) => {
      if (!(await removeDevice(scope, id))) throw notFound({ zh: '设备', en: 'device' });
      return { id };
    },
    rules: async (scope) => (await listRules(scope)).map(presentRules),
    setRules: async (scope, { basedOn, rules, reason }) => {
      const now = await getRules(scope);
      if (now.version !== basedOn)
        throw conflict('rules_changed', {
          zh: `${now.actorName ?? '他人'}已改为第 ${now.version} 版，请刷新后再改`,
          en: `${now.actorName ?? 'Somebody'} has made version ${now.version}: reload, then change it`,
        });
      await insertRules(scope, now.version + 1, rules, reason);
      audited(scope, {
        subject: 'notices.rules',
        id: String(now.version + 1),
        before: { ...now.rules },
        after: { ...rules, reason },
      });
      return presentRules(await getRules(scope));
    },
    webhooks: async (scope) => (await listWebhooks(scope)).map(presentWebhook),
    saveWebhook: async (scope, { id = newId(), url, secret, ...input }) => {
      const [known] = await listWebhooks(scope, id);
      const address = url ?? known?.url;
      if (address === undefined)
        throw invalid('url_needed', { zh: '请填写接收地址', en: 'Give the address of the receiver' }, 'url');
      await setWebhook(scope, {
        ...input,
        id,
        url: address,
        secret: secret === undefined ? (known?.secret ?? null) : secret,
      });
      audited(scope, {
        subject: 'notices.webhook',
        id,
        after: { ...input, host: new URL(address).host, hasSecret: Boolean(secret ?? known?.secret) },
      });
      return presentWebhook((await listWebhooks(scope, id))[0]!);
    },
    removeWebhook: async (scope, { id }) => {
      if (!(await removeWebhook(scope, id))) throw notFound({ zh: '外部通知', en: 'webhook' });
      audited(scope, { subject: 'notices.webhook', id, after: { removed: true } });
      return { id };
    },
    testWebhook: async (scope, { id }) => {
      const [hook] = await listWebhooks(scope, id);
      if (!hook) throw notFound({ zh: '外部通知', en: 'webhook' });
      await insertWebhookDeliveries(
        scope,
        {
          id: newId(),
          kind: 'test',
          at: scope.now.toISOString(),
          title: { zh: '测试通知', en: 'Test message' },
          text: { zh: `来自${hook.name}的测试`, en: `A test of ${hook.name}` },
          link: '/inbox',
        },
        id,
      );
      await enqueue(scope, 'notices.send', {}, { key: `notices ${scope.cityId}` });
      return { id };
    },
  },
  on: {
    'filings.returned': tell(
      'filingReturned',
      'filer',
      aboutFiling('填报被退回，请修改后重报', 'was returned: mend it and send again'),
    ),
    'filings.correctionRequested': tell('correction', 'office', (e) => ({
      ...aboutFiling(noticeKindWords.correction.zh, 'a correction is asked for')(e),
      link: '/filings/corrections',
    })),
  },
  jobs: { remind, send: sendDue },
  // Every hour at :07, and what waits for the end of quiet hours or another try every five minutes.
  cron: { remind: '7 * * * *', send: '*/5 * * * *' },
  start: ({ eachCity }) => eachCity(async (scope) => void (await ensurePushKey(scope))),
});
