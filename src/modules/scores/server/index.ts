import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { unitsByName } from '#modules/organization/server/public.ts';
import { scores } from '../contract.ts';
import { examples } from '../examples.ts';
import { compute, correct, createScheme, enforce, finish, openSelf, publish, saveScheme, whatIf } from './acts.ts';
import { assess, enter, figuresPage, mark, openEvidence, selfSheet, strike } from './entries.ts';
import { document, workbook } from './export.ts';
import { decide, object, objectionsPage } from './objections.ts';
import { headOf, isShown, listSchemes, presentScheme, rowsWithinReach, shownResult, visibleScheme } from './present.ts';
import { seesAll } from './reach.ts';
import { getResult, listResultHeads, replayed } from './result-store.ts';
import { listSteps, listVersions } from './scheme-store.ts';
import { tellings } from './tell.ts';

const scored = new Set(['county', 'department', 'stateFirm', 'commandPost', 'office', 'projectUnit']);

async function units(scope: Scope) {
  const { all } = await unitsByName(scope);
  return all
    .filter((u) => scored.has(u.kind) && (u.validTo === null || u.validTo >= scope.today))
    .map(({ id, name, shortName, kind }) => ({ id, name: shortName ?? name, kind }));
}

export default defineServerModule(scores, {
  handlers: {
    list: (scope, { year }) => listSchemes(scope, year),
    examples: async () => examples.map(({ code, source, body }) => ({ code, source, body })),
    units,
    scheme: (scope, { id, version }) => presentScheme(scope, id, version),
    history: async (scope, { id }) => {
      const { scheme } = await visibleScheme(scope, id);
      const heads = await listResultHeads(scope, id);
      return {
        versions: (await listVersions(scope, id)).map(({ version, reason, actorName, at }) => ({
          version,
          reason,
          actorName,
          at: at.toISOString(),
        })),
        steps: (await listSteps(scope, id)).map(({ act, toState, note, actorName, at }) => ({
          act,
          toState,
          note,
          actorName,
          at: at.toISOString(),
        })),
        results: heads.filter((h) => seesAll(scope) || (isShown(scheme) && h.publishedAt !== null)).map(headOf),
      };
    },
    create: createScheme,
    save: saveScheme,
    enforce,
    openSelf,
    compute,
    publish,
    correct,
    finish,
    result: async (scope, { id, version }) => {
      const { head, versions, day, body, units: rows } = await shownResult(scope, id, version);
      return { head, versions, day, groups: body.groups.map(({ code, name }) => ({ code, name })), units: rows };
    },
    replay: async (scope, { id, version }) => {
      const { head } = await shownResult(scope, id, version);
      const row = await getResult(scope, id, head?.version);
      const { hash: again, isEqual } = replayed(row);
      return { version: row.version, hash: row.hash, again, isEqual };
    },
    whatIf: async (scope, { id, ...wanted }) => {
      const { scheme, body } = await visibleScheme(scope, id);
      const found = await whatIf(scope, scheme, body, wanted);
      return {
        day: found.day,
        faults: found.faults,
        moves: found.moves,
        units: rowsWithinReach(scope, found.body, found.after, true),
      };
    },
    figures: (scope, { id }) => figuresPage(scope, id),
    enter,
    mark,
    strike,
    selfSheet,
    assess,
    objections: (scope, { id }) => objectionsPage(scope, id),
    object,
    decide,
    evidence: openEvidence,
    workbook,
    document,
  },
  on: tellings,
});
