import { Link } from 'react-router';
import type { Text, Words } from '#core/shared/words.ts';
import { shortDate } from '#core/web/ui/format.ts';
import type { GridColumn, GridFilter } from '#core/web/ui/grid-types.ts';
import { matterStates, stateWords } from '../flow.ts';
import { categories, kindWords, levelWords, sourceWords, trackWords } from '../kinds.ts';
import { matterLightWords } from '../light-words.ts';
import type { MatterRow } from '../shapes.ts';
import type { zh } from './list-text.ts';
import { MatterLight } from './MatterLight.tsx';
import { daysPast } from './matter-show.ts';

/** “逾期 3 天”, “剩 2 天”; undefined where no clock runs. */
export function dueWords(row: MatterRow, today: string, t: Text<typeof zh>): string | undefined {
  const past = daysPast(row, today);
  return past === null ? undefined : past > 0 ? t.overdue(past) : t.left(-past);
}

export function gridColumns(
  t: Text<typeof zh>,
  words: (words: Words) => string,
  today: string,
): GridColumn<MatterRow>[] {
  const options = (all: Readonly<Record<string, Words>>, keys = Object.keys(all)): GridFilter => ({
    kind: 'options',
    options: keys.map((value) => ({ value, label: words(all[value]!) })),
  });
  const day = (
    key: 'raisedOn' | 'dueOriginal' | 'dueCurrent' | 'claimedOn' | 'closedOn' | 'progressOn',
    hidden = false,
  ) => ({
    key,
    title: t.col[key],
    width: 84,
    sortable: true,
    hidden,
    render: (row: MatterRow) => shortDate(row[key], today),
    tip: (row: MatterRow) => row[key] ?? undefined,
  });
  return [
    {
      key: 'light',
      title: t.col.light,
      width: 104,
      sortable: true,
      always: true,
      filter: options(matterLightWords),
      render: (row) => (
        <MatterLight value={row.light} say={row.light === 'red' ? dueWords(row, today, t) : undefined} />
      ),
    },
    { key: 'no', title: t.col.no, width: 132, sortable: true, render: (row) => row.no },
    {
      key: 'title',
      title: t.col.title,
      width: 320,
      grow: true,
      sortable: true,
      always: true,
      render: (row) => (
        <>
          <Link to={`/matters/${row.id}`}>{row.title}</Link>
          {row.demo && <span className="tag">{t.sampleMark}</span>}
        </>
      ),
      tip: (row) => row.title,
    },
    {
      key: 'state',
      title: t.col.state,
      width: 84,
      sortable: true,
      filter: options(stateWords, [...matterStates]),
      render: (row) => words(stateWords[row.state]),
    },
    { key: 'leadUnit', title: t.col.leadUnit, width: 150, sortable: true, render: (row) => row.leadUnitName ?? '—' },
    { ...day('dueCurrent'), filter: { kind: 'dates' } },
    {
      ...day('dueOriginal'),
      render: (row) =>
        row.dueOriginal === row.dueCurrent ? (
          <span className="muted">{shortDate(row.dueOriginal, today)}</span>
        ) : (
          shortDate(row.dueOriginal, today)
        ),
    },
    {
      key: 'kind',
      title: t.col.kind,
      width: 84,
      filter: options(kindWords),
      render: (row) => words(kindWords[row.kind]),
    },
    {
      key: 'track',
      title: t.col.track,
      width: 84,
      filter: options(trackWords),
      render: (row) => words(trackWords[row.track]),
    },
    {
      key: 'category',
      hidden: true,
      title: t.col.category,
      width: 84,
      filter: options(categories),
      render: (row) => words(categories[row.category] ?? { zh: row.category, en: row.category }),
    },
    {
      key: 'source',
      hidden: true,
      title: t.col.source,
      width: 76,
      filter: options(sourceWords),
      render: (row) => words(sourceWords[row.sourceKind]),
    },
    {
      key: 'level',
      hidden: true,
      title: t.col.level,
      width: 96,
      sortable: true,
      filter: options(levelWords),
      render: (row) => words(levelWords[row.level]),
    },
    { ...day('raisedOn', true), filter: { kind: 'dates' } },
    { key: 'leader', title: t.col.leader, width: 96, hidden: true, render: (row) => row.leadLeaderName ?? '—' },
    { key: 'project', title: t.col.project, width: 200, hidden: true, render: (row) => row.projectName ?? '—' },
    day('claimedOn', true),
    { ...day('closedOn', true), filter: { kind: 'dates' } },
    day('progressOn', true),
    {
      key: 'returns',
      title: t.col.returns,
      width: 56,
      align: 'end',
      sortable: true,
      hidden: true,
      render: (row) => row.returns || '',
    },
    {
      key: 'extensions',
      title: t.col.extensions,
      width: 56,
      align: 'end',
      hidden: true,
      render: (row) => row.extensions || '',
    },
  ];
}
