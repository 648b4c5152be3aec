import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { type Day, daysBetween, yearOf } from '#core/shared/day.ts';
import type { Language } from '#core/shared/words.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { memberLists, RateMember, RateTable } from '../rate-shapes.ts';
import {
  isAtLevel,
  isPlannedStart,
  isStartedOutside,
  type NamedList,
  namedLists,
  type RateBasis,
  type RateCode,
  type RateDefinition,
  type RateLevel,
  type RateMoment,
  rateBases,
  rateCodes,
  rateDefinitions,
  rateLevels,
  startIdentity,
  tally,
} from '../rates.ts';
import { listRateRows, type RateRow } from './rate-store.ts';
import { summaryDay } from './summary.ts';

const groupKeys = { county: 'countyUnitId', command: 'commandUnitId', board: 'board' } as const;

const forEach = <K extends string, T>(keys: readonly K[], make: (key: K) => T): Record<K, T> =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, T>;

/** Every rate as of a day: both levels, both bases, the identity of starts, and the same rates by group. */
export async function rateTable(
  scope: Scope,
  { day: wanted, by }: { day?: Day | undefined; by: keyof typeof groupKeys },
): Promise<RateTable> {
  const day = summaryDay(scope, undefined, wanted);
  const rows = await listRateRows(scope, day);
  const levels = forEach(rateLevels, (level) => atLevel(rows, level));
  const overBoth = <T>(make: (facts: RateRow[], at: RateMoment) => T) =>
    forEach(rateBases, (basis) => forEach(rateLevels, (level) => make(levels[level], { day, basis })));
  const groups = Map.groupBy(levels.projects, (row) => row[groupKeys[by]]);
  const names =
    by === 'board'
      ? null
      : await unitNames(
          scope,
          [...groups.keys()].filter((key) => key !== null),
        );
  const nameOf = (key: string | null) =>
    key === null ? null : names === null ? key : (names.get(key)?.shortName ?? names.get(key)?.name ?? null);
  return {
    year: yearOf(day),
    day,
    rates: rateCodes.map((code) => {
      const definition: RateDefinition = rateDefinitions[code];
      const { kind, words, formula, source } = definition;
      return { code, kind, words, formula, source, tallies: overBoth((facts, at) => tally(definition, facts, at)) };
    }),
    identity: overBoth((facts, at) => ({
      ...startIdentity(facts, at),
      outside: facts.filter((f) => isStartedOutside(f, at)).length,
      undated: facts.filter((f) => namedLists.undated.test(f, at)).length,
    })),
    groups: [...groups]
      .map(([key, facts]) => ({
        key,
        name: nameOf(key),
        tallies: forEach(rateCodes, (code) => tally(rateDefinitions[code], facts, { day, basis: 'adjusted' })),
      }))
      .sort(
        (a, b) => Number(a.key === null) - Number(b.key === null) || (a.name ?? '').localeCompare(b.name ?? '', 'zh'),
      ),
  };
}

/** A package that the caller may not see is represented by the items that he may. */
export function atLevel(rows: readonly RateRow[], level: RateLevel): RateRow[] {
  if (level === 'items') return rows.filter((row) => isAtLevel(row, level));
  const ids = new Set(rows.map((row) => row.id));
  return rows.filter((row) => row.parentId === null || !ids.has(row.parentId));
}

export interface MembersInput {
  code?: RateCode | undefined;
  list: (typeof memberLists)[number];
  level: RateLevel;
  basis: RateBasis;
  day?: Day | undefined;
  county?: string | undefined;
}

/** The projects behind a figure, by name: of a rate its numerator, its denominator or what lies between, or a named list. */
export async function rateMembers(scope: Scope, input: MembersInput): Promise<RateMember[]> {
  const day = summaryDay(scope, undefined, input.day);
  const at = { day, basis: input.basis };
  const rows = await listRateRows(scope, day);
  const test = testOf(input, at);
  const found = atLevel(rows, input.level).filter(
    (row) => (input.county === undefined || row.countyUnitId === input.county) && test(row),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = await unitNames(
    scope,
    [...new Set(found.flatMap((row) => [row.countyUnitId, row.leadUnitId]))].filter((id) => id !== null),
  );
  const unit = (id: string | null) => (id === null ? null : (names.get(id)?.shortName ?? names.get(id)?.name ?? null));
  const definition: RateDefinition | undefined = input.code && rateDefinitions[input.code];
  return found.map((row) => {
    const planned = row.startPlanned[at.basis];
    return {
      id: row.id,
      serial: row.serial,
      name: row.name,
      demo: row.demo,
      parentName: row.parentId === null ? null : (byId.get(row.parentId)?.name ?? null),
      childCount: row.childCount,
      countyName: unit(row.countyUnitId),
      leadName: unit(row.leadUnitId) ?? row.leadText,
      stage: row.stage,
      planKind: row.planKind[at.basis],
      startPlanned: planned,
      startActual: row.startActual,
      finishPlanned: row.finishPlanned[at.basis],
      finishActual: row.finishActual,
      startLateDays: planned === null || !isPlannedStart(row, at) ? null : daysBetween(planned, row.startActual ?? day),
      numeratorYuan: definition?.kind === 'yuan' ? definition.numerator(row, at) : null,
      denominatorYuan: definition?.kind === 'yuan' ? definition.denominator(row, at) : null,
    };
  });
}

function testOf({ code, list }: MembersInput, at: RateMoment): (row: RateRow) => boolean {
  if (Object.hasOwn(namedLists, list)) return (row) => namedLists[list as NamedList].test(row, at);
  if (code === undefined) return () => false;
  const definition: RateDefinition = rateDefinitions[code];
  const isIn = (part: 'numerator' | 'denominator') => (row: RateRow) =>
    definition.kind === 'count' ? definition[part](row, at) : (definition[part](row, at) ?? 0) > 0;
  if (list === 'numerator' || list === 'denominator') return isIn(list);
  if (definition.kind === 'yuan')
    return (row) => (definition.denominator(row, at) ?? 0) > (definition.numerator(row, at) ?? 0);
  return (row) => isIn('denominator')(row) && !isIn('numerator')(row);
}

const heads = {
  zh: ['编号', '项目名称', '打捆项目', '属地', '责任单位', '计划开工', '实际开工', '超期天数', '计划竣工', '实际竣工'],
  en: [
    'No.',
    'Project',
    'Package',
    'County',
    'Lead unit',
    'Planned start',
    'Actual start',
    'Days late',
    'Planned finish',
    'Actual finish',
  ],
};

export async function exportRateMembers(
  scope: Scope,
  { language = 'zh', ...input }: MembersInput & { language?: Language | undefined },
): Promise<FileReply> {
  const members = await rateMembers(scope, input);
  const listName = Object.hasOwn(namedLists, input.list) ? namedLists[input.list as NamedList].words[language] : '';
  const rateName = input.code ? rateDefinitions[input.code].words[language] : '';
  const parts = {
    zh: { numerator: '分子', denominator: '分母', missing: '差额' },
    en: { numerator: 'numerator', denominator: 'denominator', missing: 'missing' },
  };
  const title = listName || `${rateName} ${parts[language][input.list as 'missing'] ?? ''}`.trim();
  const day = summaryDay(scope, undefined, input.day);
  const bytes = await writeWorkbook([
    {
      sheet: title,
      title,
      note: language === 'zh' ? `截至 ${day}` : `As of ${day}`,
      columns: heads[language].map((header, i) => ({
        header,
        width: [8, 44, 30, 12, 22, 12, 12, 10, 12, 12][i]!,
        kind: i === 7 ? 'number' : [5, 6, 8, 9].includes(i) ? 'date' : 'text',
      })),
      rows: members.map((m) => [
        String(m.serial).padStart(4, '0'),
        m.demo ? `${m.name}（示例）` : m.name,
        m.parentName,
        m.countyName,
        m.leadName,
        m.startPlanned,
        m.startActual,
        m.startLateDays,
        m.finishPlanned,
        m.finishActual,
      ]),
      footnotes: await newestMarks(scope, yearOf(day), language),
      frozenColumns: 2,
    },
  ]);
  return fileReply({
    name: `${title} ${day}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
