import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { measures } from '#modules/dispatch/server/public.ts';
import { bookOf, IndicatorFault } from '../book.ts';
import { indicators } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { shippedDefinitions } from '../shipped.ts';
import { figureOf, knownMeasures, readFigures } from './figures.ts';
import { insertVersion, listDefinitions, listVersions } from './store.ts';
import { indicatorTable } from './table.ts';

const isShipped = (code: string): boolean => shippedDefinitions.some((d) => d.code === code);
const nothing = () => notFound({ zh: '指标', en: 'indicator' });

/** The definitions in force with one of them replaced or added. */
const withOne = (all: readonly Definition[], one: Definition): Definition[] =>
  all.some((d) => d.code === one.code) ? all.map((d) => (d.code === one.code ? one : d)) : [...all, one];

const currentOnes = async (scope: Scope): Promise<Definition[]> =>
  (await listDefinitions(scope)).map((c) => c.definition);

export default defineServerModule(indicators, {
  handlers: {
    list: async (scope, input) => {
      const current = await listDefinitions(scope);
      const reading = await readFigures(
        scope,
        current.map((c) => c.definition),
        input,
      );
      return {
        day: reading.at.day,
        pace: figureOf(reading.now.pace),
        members: reading.now.members.length,
        indicators: current.map(({ definition, version }) => ({
          definition,
          version,
          isShipped: isShipped(definition.code) && version === 0,
          users: reading.book.users(definition.code),
          whole: reading.whole(definition.code),
        })),
        measures: knownMeasures.map(({ code, words, dimension }) => ({
          code,
          words,
          note: measures[code]?.note ?? null,
          dimension,
        })),
        canDefine: scope.can('indicators.define'),
      };
    },

    groups: async (scope, { code, by, ...at }) => {
      const definitions = await currentOnes(scope);
      if (!definitions.some((d) => d.code === code)) throw nothing();
      const reading = await readFigures(scope, definitions, at);
      return { whole: reading.whole(code), groups: await reading.groups(code, by) };
    },

    history: async (scope, { code }) => {
      const versions = await listVersions(scope, code);
      const shipped = shippedDefinitions.find((d) => d.code === code);
      if (versions.length === 0 && !shipped) throw nothing();
      return [
        ...versions.map(({ version, definition, reason, actorName, at }) => ({
          version,
          definition,
          reason,
          actorName,
          at: at.toISOString(),
        })),
        ...(shipped ? [{ version: 0, definition: shipped, reason: '平台自带', actorName: '', at: null }] : []),
      ];
    },

    test: async (scope, { definition, by, ...at }) => {
      try {
        const reading = await readFigures(scope, withOne(await currentOnes(scope), definition), at);
        return {
          fault: null,
          whole: reading.whole(definition.code),
          groups: await reading.groups(definition.code, by),
        };
      } catch (error) {
        if (!(error instanceof IndicatorFault)) throw error;
        const { indicator, words, span } = error;
        return { fault: { indicator, words, from: span.from, to: span.to } };
      }
    },

    save: async (scope, { definition, version, reason }) => {
      const current = await listDefinitions(scope);
      const before = current.find((c) => c.definition.code === definition.code);
      const moved = () =>
        conflict('moved', {
          zh: '这个指标刚被别人改过，请刷新后再改；您写的公式还在页面上',
          en: 'Somebody has just changed this indicator: reload first; your formula is still on the page',
        });
      if ((before?.version ?? 0) !== version) throw moved();
      try {
        bookOf(
          withOne(
            current.map((c) => c.definition),
            definition,
          ),
          knownMeasures,
        );
      } catch (error) {
        if (!(error instanceof IndicatorFault)) throw error;
        const { indicator, words, span } = error;
        throw invalid('formula', words, 'formula', { indicator, from: span.from, to: span.to });
      }
      const saved = await insertVersion(scope, definition.code, definition, reason);
      if (saved === undefined) throw moved();
      audited(scope, {
        subject: 'indicators.definition',
        id: definition.code,
        before: before?.definition,
        after: definition,
      });
      await emit(scope, { topic: 'indicators.defined', unitIds: [], data: { code: definition.code, version: saved } });
      return { version: saved };
    },

    withdraw: async (scope, { code, reason }) => {
      const current = await listDefinitions(scope);
      const found = current.find((c) => c.definition.code === code);
      if (!found) throw nothing();
      if (found.version === 0)
        throw conflict('shipped', {
          zh: '平台自带的指标不能停用，可以修改后保存为新版本',
          en: 'An indicator that ships is not withdrawn; it may be changed',
        });
      const without = current.filter((c) => c.definition.code !== code).map((c) => c.definition);
      const left = isShipped(code) ? [...without, shippedDefinitions.find((d) => d.code === code)!] : without;
      try {
        bookOf(left, knownMeasures);
      } catch (error) {
        if (!(error instanceof IndicatorFault)) throw error;
        throw conflict('in_use', {
          zh: `还有指标引用它，不能停用：${error.words.zh}`,
          en: `It is in use and cannot be withdrawn: ${error.words.en}`,
        });
      }
      await insertVersion(scope, code, null, reason);
      audited(scope, { subject: 'indicators.definition', id: code, before: found.definition });
      await emit(scope, { topic: 'indicators.defined', unitIds: [], data: { code, version: null } });
      return { code };
    },

    table: indicatorTable,
  },
});
