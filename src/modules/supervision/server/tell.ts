import { sql } from 'kysely';
import type { OutboxEvent } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { type NewNotice, notify } from '#modules/notices/server/public.ts';
import { handlersOf, wideHolders } from './remind.ts';

interface MatterEvent {
  matterId: string;
  no: string;
  title: string;
  dueOn?: string | null;
  leadUnitId: string | null;
  leadLeaderId?: string | null;
  leaderTold?: boolean;
  verifierUnitId?: string | null;
  level?: string;
  levelName?: string;
  dueAsked?: string;
  returns?: number;
}
interface SheetEvent {
  sheetId: string;
  matterId: string;
  no: string;
  title: string;
  limitOn: string;
  leadUnitId: string | null;
}

type Note = Pick<NewNotice, 'kind' | 'title' | 'body'> & { link?: string; isUrgent?: boolean };

/** One notice for each account and event, not to the one who did it. */
async function tell(
  scope: Scope,
  event: OutboxEvent,
  accounts: readonly string[],
  note: Note,
  key = `ledger ${event.id}`,
): Promise<void> {
  const { matterId } = event.data as unknown as MatterEvent;
  await notify(
    scope,
    [...new Set(accounts)]
      .filter((accountId) => accountId !== event.actorId)
      .map((accountId) => ({ accountId, key, link: `/matters/${matterId}`, ...note })),
  );
}

const about = ({ no, title }: { no: string; title: string }, rest: Words = { zh: '', en: '' }): Words => ({
  zh: `${no} ${title}${rest.zh && `，${rest.zh}`}`,
  en: `${no} ${title}${rest.en && `, ${rest.en}`}`,
});

async function unitsWith(scope: Scope, matterId: string, roles: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`select distinct unit_id from ledger.pub_party
    where city_id = ${scope.cityId} and matter_id = ${matterId} and role = any(${[...roles]}::text[])`.execute(
    scope.db,
  );
  return rows.map((row) => row.unitId);
}

async function accountsOf(
  scope: Scope,
  units: readonly string[],
  permission?: string,
  projectId: string | null = null,
) {
  const handlers = await handlersOf(scope, permission);
  return (await Promise.all(units.map((unit) => handlers(unit, projectId)))).flat();
}

/** The account of the lead leader, when there is one that may see the matter. */
async function accountsOfLeader(scope: Scope, { leadLeaderId, leadUnitId }: MatterEvent): Promise<string[]> {
  if (!leadLeaderId) return [];
  const readers = await (await holdersOf(scope, 'ledger.read'))({ unitId: leadUnitId, projectId: '' });
  return readers.filter((holder) => holder.personId === leadLeaderId).map((holder) => holder.accountId);
}

const toLead =
  (
    kind: NewNotice['kind'],
    zh: string,
    en: string,
    rest: (e: MatterEvent) => Words = () => ({ zh: '', en: '' }),
    isUrgent = false,
  ) =>
  async (scope: Scope, event: OutboxEvent): Promise<void> => {
    const e = event.data as unknown as MatterEvent;
    await tell(
      scope,
      event,
      await accountsOf(scope, e.leadUnitId === null ? [] : [e.leadUnitId], undefined, event.projectId),
      {
        kind,
        title: { zh, en },
        body: about(e, rest(e)),
        isUrgent,
      },
    );
  };
const dueWords = ({ dueOn }: MatterEvent): Words => ({
  zh: dueOn ? `${dueOn} 前办结` : '',
  en: dueOn ? `due ${dueOn}` : '',
});

/** What others do to a matter, told to those who have to act next. */
export const tellings: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>> = {
  'ledger.issued': async (scope, event) => {
    const e = event.data as unknown as MatterEvent;
    const units = await unitsWith(scope, e.matterId, ['lead', 'co']);
    await tell(scope, event, await accountsOf(scope, units, undefined, event.projectId), {
      kind: 'matterIssued',
      title: { zh: '新交办事项，请签收', en: 'A matter was issued to you: sign for it' },
      body: about(e, dueWords(e)),
    });
  },
  'ledger.issuedMany': async (scope, event) => {
    const { matterIds } = event.data as { matterIds: string[] };
    const { rows } = await sql<{
      unitId: string;
      n: number;
    }>`select unit_id, count(distinct matter_id)::int as n from ledger.pub_party
      where city_id = ${scope.cityId} and matter_id = any(${matterIds}::uuid[]) and role in ('lead', 'co') group by unit_id`.execute(
      scope.db,
    );
    const handlers = await handlersOf(scope);
    for (const { unitId, n } of rows)
      await tell(
        scope,
        event,
        await handlers(unitId),
        {
          kind: 'matterIssued',
          title: { zh: `新交办 ${n} 件事项，请签收`, en: `${n} matters were issued to you: sign for them` },
          body: { zh: '', en: '' },
          link: '/matters',
        },
        `ledger ${event.id} ${unitId}`,
      );
  },
  'ledger.reminded': toLead('matterDue', '催办', 'You are urged', dueWords, true),
  'ledger.returned': async (scope, event) => {
    const e = event.data as unknown as MatterEvent;
    await toLead(
      'matterReturned',
      '申请销号被退回，请补充后重报',
      'Your claim was returned: complete it',
    )(scope, event);
    // Two returns go to the lead leader (REQ-H5).
    if (e.leaderTold)
      await tell(
        scope,
        event,
        await accountsOfLeader(scope, e),
        {
          kind: 'matterReturned',
          title: {
            zh: `您牵头的事项第 ${e.returns ?? 2} 次被退回`,
            en: `A matter you lead was returned ${e.returns ?? 2} times`,
          },
          body: about(e),
          isUrgent: true,
        },
        `leader ${event.id}`,
      );
  },
  'ledger.extensionAsked': async (scope, event) => {
    const e = event.data as unknown as MatterEvent;
    await tell(scope, event, await wideHolders(scope, 'ledger.supervise'), {
      kind: 'matterWaiting',
      title: { zh: '延期申请待审批', en: 'More time is asked for' },
      body: about(e, { zh: `申请延至 ${e.dueAsked ?? ''}`, en: `until ${e.dueAsked ?? ''}` }),
    });
  },
  'ledger.extended': toLead('matterDue', '延期已批准', 'More time was granted', dueWords),
  'ledger.extensionRefused': toLead('matterDue', '延期未批准，按原时限办理', 'More time was refused', dueWords),
  'ledger.claimed': async (scope, event) => {
    const e = event.data as unknown as MatterEvent;
    const own = e.verifierUnitId ? await accountsOf(scope, [e.verifierUnitId], 'ledger.verify', event.projectId) : [];
    await tell(scope, event, own.length > 0 ? own : await wideHolders(scope, 'ledger.verify'), {
      kind: 'matterWaiting',
      title: { zh: '申请销号待复核', en: 'A claim waits for you to verify' },
      body: about(e),
    });
  },
  'ledger.escalated': async (scope, event) => {
    const e = event.data as unknown as MatterEvent;
    const lead = await accountsOf(scope, e.leadUnitId === null ? [] : [e.leadUnitId], undefined, event.projectId);
    const above =
      e.level === 'headquarters'
        ? await wideHolders(scope, 'ledger.supervise')
        : await accountsOf(scope, await unitsWith(scope, e.matterId, ['watch']), 'ledger.supervise', event.projectId);
    await tell(scope, event, [...lead, ...above], {
      kind: 'matterEscalated',
      title: { zh: `事项提级到${e.levelName ?? '上一级'}研究`, en: 'A matter was raised a level' },
      body: about(e),
    });
  },
  'supervision.sheetIssued': async (scope, event) => {
    const e = event.data as unknown as SheetEvent;
    await tell(scope, event, await accountsOf(scope, e.leadUnitId === null ? [] : [e.leadUnitId]), {
      kind: 'sheet',
      title: { zh: `收到督查单 ${e.no}`, en: `A sheet was issued to you: ${e.no}` },
      body: { zh: `${e.title}，${e.limitOn} 前答复`, en: `${e.title}, answer by ${e.limitOn}` },
      isUrgent: true,
    });
  },
  'supervision.sheetAnswered': async (scope, event) => {
    const e = event.data as { no: string; title: string };
    await tell(scope, event, await wideHolders(scope, 'supervision.sheet'), {
      kind: 'sheet',
      title: { zh: `督查单 ${e.no} 已答复`, en: `Sheet ${e.no} was answered` },
      body: { zh: e.title, en: e.title },
    });
  },
  'supervision.objected': async (scope, event) => {
    const e = event.data as { title: string; aboutTitle: string; decideBy: string };
    await tell(scope, event, await wideHolders(scope, 'supervision.decide'), {
      kind: 'objection',
      title: { zh: `收到异议，${e.decideBy} 前复核`, en: `An objection was raised: decide by ${e.decideBy}` },
      body: { zh: `${e.title}（${e.aboutTitle}）`, en: `${e.title} (${e.aboutTitle})` },
      link: '/supervision/objections',
    });
  },
  'supervision.objectionDecided': async (scope, event) => {
    const e = event.data as { aboutTitle: string; unitId: string; result: 'upheld' | 'changed' };
    await tell(scope, event, await accountsOf(scope, [e.unitId]), {
      kind: 'objection',
      title:
        e.result === 'changed'
          ? { zh: '异议成立，结论已变更', en: 'Your objection was accepted' }
          : { zh: '异议复核：维持原结论', en: 'Your objection was not accepted' },
      body: { zh: e.aboutTitle, en: e.aboutTitle },
    });
  },
};
