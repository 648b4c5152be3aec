import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { duties } from '../contract.ts';
import type { RulesVersion } from '../incident-contract.ts';
import { getIncident, raiseMatter } from './follow-ups.ts';
import { handOver, handoversOf, openMatters, sign } from './handovers.ts';
import { presentHeads, presentIncident } from './incident-present.ts';
import { listIncidents } from './incident-store.ts';
import { instruct, raise, report, setLevel, tellOfLate } from './incidents.ts';
import { addLog, listLog } from './log-store.ts';
import { monthOf } from './months.ts';
import { getUnit, listDutyUnits } from './reach.ts';
import { findRoster, listVersions } from './roster-store.ts';
import { discard, generate, publish, saveMember, saveTurns, swap } from './rosters.ts';
import { getRules, insertRules, listRules, type RulesRow } from './rules-store.ts';
import { sheet } from './sheet.ts';
import { tellOfUnsigned } from './unsigned.ts';

const presentRules = ({ at, ...row }: RulesRow): RulesVersion => ({ ...row, at: at?.toISOString() ?? null });

async function setIncidentRules(
  scope: Scope,
  { basedOn, rules, reason }: { basedOn: number; rules: RulesRow['rules']; reason: string },
): Promise<RulesVersion> {
  const before = await getRules(scope);
  if (before.version !== basedOn || !(await insertRules(scope, basedOn + 1, rules, reason)))
    throw conflict('rules_changed', {
      zh: `${before.actorName ?? '他人'}已改为第 ${before.version} 版，请刷新后再改`,
      en: `${before.actorName ?? 'Somebody'} has made version ${before.version}: reload, then change it`,
    });
  audited(scope, {
    subject: 'duties.rules',
    id: String(basedOn + 1),
    before: before.rules,
    after: { ...rules, reason },
  });
  return presentRules(await getRules(scope));
}

export default defineServerModule(duties, {
  handlers: {
    month: monthOf,
    saveMember,
    generate,
    saveTurns,
    publish,
    discard,
    swap,
    versions: async (scope, { id }) => {
      const roster = await findRoster(scope, id, 'duties.read');
      if (!roster) throw notFound({ zh: '值班表', en: 'roster' });
      return (await listVersions(scope, id)).map(({ at, ...version }) => ({ ...version, at: at.toISOString() }));
    },
    sheet: (scope, { id, format }) => sheet(scope, id, format),
    handovers: async (scope, { unitId, limit }) => {
      await getUnit(scope, unitId, 'duties.read');
      return handoversOf(scope, unitId, limit);
    },
    openMatters,
    handOver,
    sign,
    log: async (scope, { unitId, before, limit }) => {
      await getUnit(scope, unitId, 'duties.read');
      return listLog(scope, { unitId, before, limit });
    },
    addLog,
    incidents: async (scope, { state, class: kind }) => ({
      madeAt: scope.now.toISOString(),
      incidents: await presentHeads(scope, await listIncidents(scope, { state, kind })),
      units: scope.can('duties.report') ? await listDutyUnits(scope, 'duties.report') : [],
      allowed: scope.can('duties.report') ? ['raise' as const] : [],
    }),
    incident: async (scope, { id }) => presentIncident(scope, await getIncident(scope, id)),
    raise,
    report,
    setLevel,
    instruct,
    raiseMatter: async (scope, input) => {
      await raiseMatter(scope, input);
      return presentIncident(scope, await getIncident(scope, input.id));
    },
    incidentRules: async (scope) => ({
      versions: (await listRules(scope)).map(presentRules),
      allowed: scope.reach('duties.configure').all ? ['configure' as const] : [],
    }),
    setIncidentRules,
  },
  jobs: {
    watch: (run) =>
      run.transaction(async (scope) => {
        await tellOfLate(scope);
        await tellOfUnsigned(scope);
      }),
  },
  // The shortest limit is a quarter of an hour.
  cron: { watch: '* * * * *' },
});
