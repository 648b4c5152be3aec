import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict } from '#core/server/errors.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { listTemplates, saveTemplate, templateVersions } from '#modules/ledger/server/public.ts';
import { supervision } from '../contract.ts';
import type { SheetColour } from '../rule-sets.ts';
import { answerSheet, approve, listLeaders, ofMatter, presentProposal, recordExcuse } from './acts.ts';
import { escalateAll } from './escalate.ts';
import { listApprovals, listFacts, proposalsOf } from './facts.ts';
import { frequencyOf } from './frequency.ts';
import { issueSheets } from './issue.ts';
import { limitsPage } from './limits.ts';
import { countObjections, decideObjection, listObjections, object } from './objections.ts';
import { printSheet, printSheets } from './print.ts';
import { remindOfDays } from './remind.ts';
import { getSettings, insertSettings, listSettings } from './settings-store.ts';
import { countSheets, listSheets } from './sheet-store.ts';
import { tellings } from './tell.ts';

const zero = () => ({ blue: 0, yellow: 0, orange: 0, red: 0 });

/** Counts by unit, most first. */
function unitsOf(rows: readonly { unitId: string | null; unitName: string | null; n: number }[]) {
  const units = new Map<string, { id: string; name: string; n: number }>();
  for (const { unitId, unitName, n } of rows) {
    if (unitId === null) continue;
    const unit = units.get(unitId) ?? { id: unitId, name: unitName ?? '', n: 0 };
    units.set(unitId, { ...unit, n: unit.n + n });
  }
  return [...units.values()].sort((a, b) => b.n - a.n || a.name.localeCompare(b.name, 'zh'));
}

async function proposals(
  scope: Scope,
  {
    colour,
    q,
    unitId,
    offset,
    limit,
  }: {
    colour?: SheetColour | undefined;
    q?: string | undefined;
    unitId?: string | undefined;
    offset: number;
    limit: number;
  },
) {
  const found =
    scope.can('supervision.sheet') || scope.can('supervision.approve')
      ? await proposalsOf(scope, await listFacts(scope, 'candidates'))
      : [];
  const counts = zero();
  for (const { proposal } of found) counts[proposal.colour] += 1;
  const chosen = found.filter(
    ({ proposal, matter }) =>
      (colour === undefined || proposal.colour === colour) &&
      (unitId === undefined || matter.leadUnitId === unitId) &&
      (!q || matter.title.includes(q) || matter.no.includes(q)),
  );
  const piece = chosen.slice(offset, offset + limit);
  const approvals = await listApprovals(
    scope,
    piece.map(({ matter }) => matter.id),
  );
  return {
    counts,
    total: chosen.length,
    units: unitsOf(found.map(({ matter }) => ({ unitId: matter.leadUnitId, unitName: matter.leadUnitName, n: 1 }))),
    proposals: piece.map(({ proposal, matter }) => presentProposal(proposal, matter, approvals)),
    allowed: (['sheet', 'approve'] as const).filter((one) => scope.can(`supervision.${one}`)),
  };
}

async function remind(run: JobRun): Promise<void> {
  await run.transaction((scope) => remindOfDays(scope));
}

export default defineServerModule(supervision, {
  handlers: {
    proposals,
    sheets: async (scope, { offset, limit, ...filter }) => {
      const all = await countSheets(scope, { q: filter.q });
      const counts = zero();
      const states = { unanswered: 0, late: 0, answered: 0, revoked: 0 };
      let total = 0;
      for (const { colour, state, unitId, n } of all) {
        counts[colour] += n;
        states[state] += n;
        if (
          (filter.colour ?? colour) === colour &&
          (filter.state ?? state) === state &&
          (filter.unitId ?? unitId) === unitId
        )
          total += n;
      }
      return { counts, states, total, units: unitsOf(all), sheets: await listSheets(scope, filter, { offset, limit }) };
    },
    issue: (scope, input) => issueSheets(scope, input),
    approve,
    leaders: (scope) => listLeaders(scope),
    excuse: recordExcuse,
    answer: answerSheet,
    file: printSheet,
    print: (scope, { ids }) => printSheets(scope, ids),
    ofMatter: (scope, { id }) => ofMatter(scope, id),
    objections: async (scope, { offset, limit, ...filter }) => {
      const { open, late } = await countObjections(scope, {});
      const { total } = await countObjections(scope, filter);
      return { open, late, total, objections: await listObjections(scope, filter, { offset, limit }) };
    },
    object,
    decide: decideObjection,
    frequency: async (scope, { month = scope.today.slice(0, 7) }) => ({ month, rows: await frequencyOf(scope, month) }),
    settings: async (scope) => ({
      ...(await getSettings(scope)),
      templates: (await listTemplates(scope)).map(({ code, name }) => ({ code, name })),
      versions: (await listSettings(scope)).map(({ version, settings, reason, actorName, at }) => ({
        version,
        settings,
        reason,
        actorName,
        at: at.toISOString(),
      })),
      allowed: scope.can('supervision.configure') ? (['configure'] as const).slice() : [],
    }),
    saveSettings: async (scope, { basedOn, settings, reason }) => {
      const now = await getSettings(scope);
      if (now.version !== basedOn || !(await insertSettings(scope, basedOn + 1, settings, reason))) throw moved();
      audited(scope, {
        subject: 'supervision.settings',
        id: String(basedOn + 1),
        before: { ...now.settings },
        after: { ...settings, reason },
      });
      return { version: basedOn + 1 };
    },
    limits: (scope, input) => limitsPage(scope, input),
    saveLimit: async (scope, { basedOn, template, reason }) => {
      // Versions of a template are counted one after another.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`supervision.limit ${scope.cityId}`}, 0))`.execute(
        scope.db,
      );
      const version = (await templateVersions(scope)).find((v) => v.code === template.code)?.version ?? 0;
      if (version !== basedOn) throw moved();
      await saveTemplate(scope, template, reason);
      return { version: basedOn + 1 };
    },
  },
  on: tellings,
  jobs: { remind, escalate: escalateAll },
  // Reminders every hour, so that what turns at midnight is told in the morning; levels once a night, 00:36 in Shanghai.
  cron: { remind: '12 * * * *', escalate: '36 16 * * *' },
});

const moved = () =>
  conflict('changed_meanwhile', {
    zh: '别人刚刚改过，请刷新看过再改',
    en: 'Somebody has just changed it: reload and look first',
  });
