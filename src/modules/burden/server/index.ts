import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { notify } from '#modules/notices/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { burden, type DataRequest } from '../contract.ts';
import { duplicateOf } from '../known-fields.ts';
import { monthOfUnits } from './month.ts';
import { insertAnswer, insertRequest, listAnswers, listRequests, type RequestRow, setClosed } from './request-store.ts';

async function present(scope: Scope, rows: readonly RequestRow[]): Promise<DataRequest[]> {
  const reach = scope.reach('burden.read');
  const mayAnswer = scope.reach('burden.answer');
  const answers = Map.groupBy(
    await listAnswers(
      scope,
      rows.map((r) => r.id),
    ),
    (a) => a.requestId,
  );
  const names = await unitNames(
    scope,
    rows.flatMap((r) => r.unitIds),
  );
  return rows.map(({ unitIds, actorId: _, actorName, sentAt, closedAt, ...row }) => ({
    ...row,
    sentBy: actorName,
    sentAt: sentAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    // A unit sees that it is asked, not who else is, nor what they said.
    units: unitIds
      .filter((id) => reach.all || reach.unitIds.includes(id))
      .map((id) => {
        const found = answers.get(row.id)?.find((a) => a.unitId === id);
        return {
          id,
          name: names.get(id)?.name ?? '',
          answer: found
            ? { contents: found.contents, actorName: found.actorName, at: found.at.toISOString(), seq: found.seq }
            : null,
          allowed:
            closedAt === null && scope.can('burden.answer') && (mayAnswer.all || mayAnswer.unitIds.includes(id))
              ? (['answer'] as const).slice()
              : [],
        };
      }),
    allowed: closedAt === null && scope.can('burden.ask') ? ['close' as const] : [],
  }));
}

async function getRequest(scope: Scope, id: string): Promise<RequestRow> {
  const [row] = await listRequests(scope, { id });
  if (!row) throw notFound({ zh: '数据征集', en: 'request' });
  return row;
}
const presentOne = async (scope: Scope, id: string) => (await present(scope, [await getRequest(scope, id)]))[0]!;

function mustBeOpen(row: RequestRow): void {
  if (row.closedAt !== null) throw conflict('request_closed', { zh: '这次征集已经结束', en: 'This request is closed' });
}

export default defineServerModule(burden, {
  handlers: {
    month: (scope, { month }) => monthOfUnits(scope, month),
    requests: async (scope, { limit }) => ({
      requests: await present(scope, await listRequests(scope, { limit })),
      allowed: scope.can('burden.ask') ? ['ask' as const] : [],
    }),
    ask: async (scope, { fields, unitIds, dueOn, ...input }) => {
      if (dueOn < scope.today)
        throw invalid('due_past', { zh: '截止日期不能早于今天', en: 'The due day lies in the past' }, 'dueOn');
      const chosen = [...new Set(unitIds)];
      const names = await unitNames(scope, chosen);
      if (names.size < chosen.length) throw notFound({ zh: '单位', en: 'unit' });
      const checked = fields.map((field) => ({ ...field, duplicateOf: duplicateOf(field.name)?.code ?? null }));
      // A field that is held already is flagged before it is sent: it goes out only with a reason of its own.
      const again = checked.filter((f) => f.duplicateOf !== null && (f.keepReason ?? '').length < 4);
      if (again.length > 0)
        throw invalid(
          'asked_already',
          {
            zh: `“${again.map((f) => f.name).join('”“')}”平台已有，请删去，或写明为什么仍要单位再填`,
            en: `The platform already holds “${again.map((f) => f.name).join('”, “')}”: leave it out, or say why units must give it again`,
          },
          'fields',
        );
      const id = newId();
      await insertRequest(scope, { ...input, id, dueOn, fields: checked, unitIds: chosen });
      audited(scope, { subject: 'burden.request', id, after: { ...input, fields: checked, unitIds: chosen } });
      await emit(scope, { topic: 'burden.asked', unitIds: chosen, data: { title: input.title } });
      const holders = await holdersOf(scope, 'burden.answer');
      const office = new Set((await holders({ unitId: null, projectId: '' })).map((h) => h.accountId));
      const accounts = new Set<string>();
      for (const unitId of chosen)
        for (const { accountId } of await holders({ unitId, projectId: '' }))
          if (!office.has(accountId)) accounts.add(accountId);
      await notify(
        scope,
        [...accounts].map((accountId) => ({
          accountId,
          key: `request ${id}`,
          kind: 'request' as const,
          title: { zh: `${input.issuer}征集：${input.title}`, en: `${input.issuer} asks: ${input.title}` },
          body: { zh: `${dueOn} 前答复，共 ${fields.length} 项`, en: `${fields.length} fields by ${dueOn}` },
          link: '/burden?tab=requests',
        })),
      );
      return presentOne(scope, id);
    },
    answer: async (scope, { id, unitId, contents }) => {
      const row = await getRequest(scope, id);
      mustBeOpen(row);
      const reach = scope.reach('burden.answer');
      if (!row.unitIds.includes(unitId) || !(reach.all || reach.unitIds.includes(unitId)))
        throw notFound({ zh: '数据征集', en: 'request' });
      if (contents.length !== row.fields.length || contents.some((text) => text === ''))
        throw invalid(
          'fields_missing',
          { zh: '请逐项填写；没有的写“无”', en: 'Answer every field; where there is nothing, write “none”' },
          'contents',
        );
      await insertAnswer(scope, id, unitId, contents);
      audited(scope, { subject: 'burden.answer', id, after: { unitId, contents } });
      await emit(scope, { topic: 'burden.answered', unitIds: [unitId], data: { title: row.title } });
      return presentOne(scope, id);
    },
    close: async (scope, { id, note }) => {
      const row = await getRequest(scope, id);
      mustBeOpen(row);
      await setClosed(scope, id, note);
      audited(scope, { subject: 'burden.request', id, after: { closed: note } });
      await emit(scope, { topic: 'burden.closed', unitIds: row.unitIds, data: { title: row.title } });
      return presentOne(scope, id);
    },
  },
});
