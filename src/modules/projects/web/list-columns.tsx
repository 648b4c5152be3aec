import { Link } from 'react-router';
import type { Language, Text } from '#core/shared/words.ts';
import { age, points, rate, shortDate, yi, yiUnit } from '#core/web/ui/format.ts';
import type { GridColumn, GridFilter } from '#core/web/ui/grid-types.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import {
  causeWords,
  columnWords,
  filingStateWords,
  lightWords,
  planKindWords,
  serialText,
  stageWords,
} from '../column-words.ts';
import { type ColumnKey, columnKeys, columns, longColumns, sortKeys } from '../columns.ts';
import { enrolmentOf } from '../enrolment.ts';
import type { Choices, ProjectRow, Totals } from '../list-shapes.ts';
import { clockShare, gapShown, startOverdueMonths, tintOf } from './row.ts';
import type { zh } from './text.ts';

export type Facets = Record<string, { value: string | null; label: string; count: number }[]>;

interface Context {
  t: Text<typeof zh>;
  language: Language;
  today: string;
  year: number;
  choices: Choices | undefined;
  facets: Facets | undefined;
  totals: Totals | undefined;
  isPhone: boolean;
}

const hiddenAtFirst: ReadonlySet<ColumnKey> = new Set([
  'code',
  'industry',
  'nature',
  'planKind',
  'owner',
  'responsible',
  'leader',
  'command',
  'county',
  'tiers',
  'startPlanned',
  'startActual',
  'finishPlanned',
  'finishActual',
  'doneBefore',
  'enrolledOn',
  'filingState',
  'cause',
  'childCount',
  'demo',
  ...longColumns,
]);
const widths: Partial<Record<ColumnKey, number>> = {
  light: 68,
  serial: 44,
  name: 204,
  board: 68,
  region: 68,
  stage: 92,
  lead: 146,
  total: 74,
  plan: 72,
  done: 72,
  rate: 118,
  gap: 58,
  enrolled: 80,
  filedOn: 98,
  tiers: 150,
  code: 190,
  content: 320,
  goal: 240,
  funds: 200,
  address: 160,
  source: 200,
  remark: 200,
  owner: 150,
  command: 140,
};
/** English words are longer than the grid's own allowance for them. */
const englishWidths: Partial<Record<ColumnKey, number>> = { light: 82, stage: 112, filedOn: 104 };
const choiceWords: Partial<Record<ColumnKey, Record<string, { zh: string; en: string }>>> = {
  light: lightWords,
  stage: stageWords,
  planKind: planKindWords,
  filingState: filingStateWords,
  cause: causeWords,
};

/** On a phone the figures stand right beside the name; the rest follows to the side. */
const phoneOrder: readonly ColumnKey[] = ['light', 'name', 'rate', 'gap', 'stage', 'lead', 'plan', 'done', 'filedOn'];
const phoneWidths: Partial<Record<ColumnKey, number>> = { light: 74, name: 164, rate: 92, gap: 56 };

/** The grid's columns, in the order of columns.ts. */
export function gridColumns(context: Context): GridColumn<ProjectRow>[] {
  const rest = columnKeys.filter((key) => !context.isPhone || !phoneOrder.includes(key));
  const keys = context.isPhone ? [...phoneOrder, ...rest] : rest;
  return keys.map((key) => {
    const column = gridColumn(key, context);
    const width = context.isPhone ? phoneWidths[key] : undefined;
    return width === undefined ? column : { ...column, width };
  });
}

function gridColumn(key: ColumnKey, context: Context): GridColumn<ProjectRow> {
  const { language, t, totals } = context;
  const type = columns[key];
  const isFigure = type === 'money' || key === 'gap' || key === 'childCount';
  const total = totals && totalOf(key, totals, context);
  const unit = key === 'gap' ? t.pointsUnit : undefined;
  const filter = filterOf(key, context);
  return {
    key,
    title: columnWords[key][language],
    width: (language === 'en' ? englishWidths[key] : undefined) ?? widths[key] ?? (type === 'day' ? 92 : 88),
    align: isFigure || key === 'filedOn' ? 'end' : 'start',
    sortable: (sortKeys as string[]).includes(key),
    render: (row) => cell(row, key, context),
    cause: (row) => tintOf(row, key),
    ...(unit && { unit }),
    ...(filter && { filter }),
    ...(key === 'name' && { grow: true, always: true, tip: (row: ProjectRow) => row.name }),
    ...(key === 'lead' && { tip: (row: ProjectRow) => [row.leadName, row.responsibleName].filter(Boolean).join(' ') }),
    ...(hiddenAtFirst.has(key) && { hidden: true }),
    ...(total !== undefined && { total }),
  };
}

function filterOf(key: ColumnKey, { facets, language, t }: Context): GridFilter | undefined {
  switch (columns[key]) {
    case 'text':
    case 'long':
      return { kind: 'text' };
    case 'money':
      return { kind: 'range', unit: yiUnit(language), scale: language === 'zh' ? 100_000_000 : 1_000_000 };
    case 'number':
      return key === 'rate' ? { kind: 'range', unit: '%', scale: 0.01 } : { kind: 'range' };
    case 'day':
      return { kind: 'dates' };
    case 'flag':
      return {
        kind: 'options',
        options: [
          { value: 'true', label: t.yes },
          { value: 'false', label: t.no },
        ],
      };
    case 'choice': {
      const words = choiceWords[key];
      const found = facets?.[key] ?? [];
      const options = words
        ? Object.keys(words).flatMap((value) => {
            const facet = found.find((f) => f.value === value);
            return facet || key === 'light' || key === 'stage'
              ? [{ value, label: words[value]![language], count: facet?.count ?? 0 }]
              : [];
          })
        : found.filter((f) => f.value !== null).map((f) => ({ value: f.value!, label: f.label, count: f.count }));
      const blank = found.find((f) => f.value === null);
      return { kind: 'options', options: blank ? [...options, { value: '', label: '', count: blank.count }] : options };
    }
  }
}

function cell(row: ProjectRow, key: ColumnKey, context: Context) {
  const { t, language, today, year, choices } = context;
  switch (key) {
    case 'light':
      return row.light ? <Light value={row.light} mark={row.level} /> : <span className="muted">—</span>;
    case 'serial':
      return <span className="muted num">{serialText(row.serial)}</span>;
    case 'name':
      return (
        <span className="cell-name">
          <Link to={`/projects/${row.id}`} tabIndex={-1}>
            {row.name}
          </Link>
          {row.tiers.map((tier) => (
            <span key={tier} className="tag key" title={tier}>
              {choices?.tier.find((c) => c.label === tier)?.mark ?? tier.slice(0, 1)}
            </span>
          ))}
          {row.childCount > 0 && (
            <span className="tag" title={t.splitTip(row.childCount)}>
              {t.split(row.childCount)}
            </span>
          )}
          {row.demo && (
            <span className="sample" title={t.sampleTip}>
              {t.sample}
            </span>
          )}
        </span>
      );
    case 'tiers':
      return row.tiers.join('、');
    case 'planKind':
      return row.planKind && planKindWords[row.planKind][language];
    case 'region':
      return row.regionName ?? row.regionCode;
    case 'stage': {
      const overdue = startOverdueMonths(row, today);
      const isTold = overdue !== null && tintOf(row, 'stage') !== undefined;
      return isTold ? (overdue > 0 ? t.startOverdueMonths(overdue) : t.startOverdue) : stageWords[row.stage][language];
    }
    case 'lead':
      return (
        <>
          {row.leadName} <span className="soft">{row.responsibleName}</span>
        </>
      );
    case 'owner':
      return row.ownerName;
    case 'command':
      return row.commandName;
    case 'county':
      return row.countyName;
    case 'responsible':
      return row.responsibleName;
    case 'leader':
      return row.leaderName;
    case 'total':
      return money(row.totalYuan, language);
    case 'doneBefore':
      return money(row.doneBeforeYuan, language);
    case 'plan':
      return money(row.planYuan, language);
    case 'done':
      return money(row.doneYuan, language);
    case 'rate':
      return row.planYuan ? (
        <RateBar done={row.doneYuan} plan={row.planYuan} clock={clockShare(row, year, today)} />
      ) : (
        <span className="muted">{t.noPlan}</span>
      );
    case 'gap': {
      const gap = gapShown(row);
      return <span className={gap === null ? 'muted' : ''}>{points(gap)}</span>;
    }
    case 'enrolled': {
      const state = enrolmentOf(row, today);
      if (state.state === 'enrolled') return t.enrolledYes;
      return state.state === 'missing' ? (
        t.enrolledMissing(state.days)
      ) : (
        <span className="muted">{t.enrolledNotDue}</span>
      );
    }
    case 'filedOn':
      return filed(row, context);
    case 'filingState':
      return row.filingState && (filingStateWords[row.filingState]?.[language] ?? row.filingState);
    case 'cause':
      return row.cause && (causeWords[row.cause]?.[language] ?? row.cause);
    case 'childCount':
      return row.childCount || '';
    case 'demo':
      return row.demo ? t.sample : '';
    default:
      return row[key] ?? '';
  }
}

const money = (yuan: number | null, language: Language) =>
  yuan === null ? <span className="muted">—</span> : <span className="num">{yi(yuan, language)}</span>;

/** The newest filing: the day when it was accepted, else its state in words; both with their age. */
function filed(row: ProjectRow, { today, language }: Context) {
  if (row.filingState === null) return <span className="muted">—</span>;
  const isMissing = row.filingState === 'none' || row.filingState === 'opened' || row.filingState === 'returned';
  const head =
    row.filingState === 'accepted' && row.filedOn
      ? shortDate(row.filedOn, today)
      : (filingStateWords[row.filingState]?.[language] ?? row.filingState);
  return (
    <span className={isMissing ? 'late' : ''}>
      {head}
      {row.filedOn && <span className={isMissing ? '' : 'soft'}> · {age(row.filedOn, today, language)}</span>}
    </span>
  );
}

function totalOf(key: ColumnKey, totals: Totals, { t, language, year, today }: Context) {
  switch (key) {
    case 'total':
      return yi(totals.totalYuan, language);
    case 'plan':
      return yi(totals.planYuan, language);
    case 'done':
      return yi(totals.doneYuan, language);
    case 'rate':
      return totals.planYuan > 0 ? (
        <RateBar
          done={totals.doneOfPlannedYuan}
          plan={totals.planYuan}
          clock={clockShare({ planYuan: null, doneYuan: null, gapPoints: null }, year, today)}
        />
      ) : (
        ''
      );
    case 'gap':
      return totals.planYuan > 0
        ? gapOf(totals, clockShare({ planYuan: null, doneYuan: null, gapPoints: null }, year, today))
        : '';
    case 'enrolled':
      return totals.notEnrolled > 0 ? t.notEnrolledTotal(totals.notEnrolled) : '';
    case 'filedOn':
      return totals.notFiled > 0 ? t.notFiledTotal(totals.notFiled) : '';
    default:
      return undefined;
  }
}

export const gapOf = (sums: { doneOfPlannedYuan: number; planYuan: number }, clock: number): string =>
  points((sums.doneOfPlannedYuan / sums.planYuan - clock) * 100);

/** Sums over rows in hand, for the selection bar. */
export function selectionSums(rows: readonly ProjectRow[]) {
  const planned = rows.filter((row) => row.planYuan);
  const planYuan = planned.reduce((sum, row) => sum + row.planYuan!, 0);
  const doneYuan = rows.reduce((sum, row) => sum + (row.doneYuan ?? 0), 0);
  const doneOfPlannedYuan = planned.reduce((sum, row) => sum + (row.doneYuan ?? 0), 0);
  return { planYuan, doneYuan, doneOfPlannedYuan, rate: rate(doneOfPlannedYuan, planYuan) };
}
