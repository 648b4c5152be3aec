import { type Ratio, ratio, subtract } from '#core/shared/rate.ts';
import type { EditionBody, EditionGroup, EditionSums } from '#modules/editions/contract.ts';
import type { ListName } from './query.ts';

export type Cell = string | number | Ratio | null;
/** One row of a table of the edition, flat, so that every query reads every table alike. */
export interface FactRow {
  key: string;
  name: string;
  /** The project to open, where the row is one. */
  projectId: string | null;
  cells: Record<string, Cell>;
}

export const clockOf = (body: EditionBody): Ratio => ratio(body.clock.n, body.clock.d);
/** Of an exact figure; null where there is no number. */
export const figureOf = (figure: { n: string; d: string } | { missing: string }): Ratio | null =>
  'missing' in figure ? null : ratio(BigInt(figure.n), BigInt(figure.d));
const exactOf = (figure: { n: string; d: string } | null): Ratio | null => (figure === null ? null : figureOf(figure));

/** 完成率 and 时序差 belong to every row that has a plan. */
function derived(body: EditionBody, planYuan: number | null, doneYuan: number | null) {
  if (!planYuan || doneYuan === null) return { rate: null, gap: null };
  const rate = ratio(doneYuan, planYuan);
  const gap = subtract(rate, clockOf(body));
  return { rate, gap: ratio(gap.n * 100n, gap.d) };
}

const sumCells = (body: EditionBody, { lights, ...sums }: EditionSums): Record<string, Cell> => ({
  projects: sums.projects,
  items: sums.items,
  planYuan: sums.planYuan,
  monthYuan: sums.monthYuan,
  doneYuan: sums.doneYuan,
  lastYearYuan: sums.lastYearYuan,
  totalYuan: sums.totalYuan,
  ...lights,
  ...derived(body, sums.planYuan, sums.doneYuan),
});

const groupRow = (body: EditionBody, group: EditionGroup): FactRow => ({
  key: group.key ?? 'none',
  name: group.name,
  projectId: null,
  cells: { ...sumCells(body, group), rank: group.rank, previousRank: group.previousRank, moved: movedOf(group) },
});

/** Places gained since the month before. */
const movedOf = ({ rank, previousRank }: { rank: number | null; previousRank: number | null }): number | null =>
  rank === null || previousRank === null ? null : previousRank - rank;

const one = (key: string, name: string, cells: Record<string, Cell>): FactRow => ({
  key,
  name,
  projectId: null,
  cells,
});

/** The rows of one table, in the order of the edition. `group` narrows rankings, boards and scores to one of them. */
export function listFacts(body: EditionBody, list: ListName, group?: string): FactRow[] {
  switch (list) {
    case 'total':
      return [one('total', body.city, sumCells(body, body.total))];
    case 'previous':
      return body.previous ? [one('previous', body.city, sumCells(body, body.previous))] : [];
    case 'completeness': {
      const { due, filed, exempt, missing } = body.completeness;
      return [one('completeness', body.city, { due, filed, exempt, missing: missing.length })];
    }
    case 'counties':
    case 'commands':
    case 'boards':
    case 'leads':
      return body[list].map((each) => groupRow(body, each));
    case 'projects':
      return body.projects.map(({ id, name, why, demo, ...cells }) => ({
        key: id,
        name,
        projectId: id,
        cells: { ...cells, why: why?.zh ?? null, ...derived(body, cells.planYuan, cells.doneYuan) },
      }));
    case 'missing':
      return body.completeness.missing.map(({ id, name, unit }) => ({ key: id, name, projectId: id, cells: { unit } }));
    case 'matterTotals': {
      const { latest, ...totals } = body.matters;
      return [one('matters', body.city, totals)];
    }
    case 'matters':
      return body.matters.latest.map(({ id, title, ...cells }) => one(id, title, cells));
    case 'ranking':
      return body.rankings.flatMap((ranking) =>
        ranking.groups
          .filter((each) => group === undefined || group === `${ranking.code}/${each.code}`)
          .flatMap((each) =>
            each.rows.map((row) =>
              one(row.unitId, row.name, {
                rank: row.rank,
                previousRank: row.previousRank,
                moved: movedOf(row),
                figure: figureOf(row.figure),
                members: row.members,
                unit: ranking.unit,
              }),
            ),
          ),
      );
    case 'external':
      return body.rankings.flatMap((ranking) =>
        ranking.external.map((row) =>
          one(`${ranking.code}/${row.subject}`, row.subject, {
            rank: row.rank,
            of: row.of,
            scope: row.scope,
            publisher: row.publisher,
            publishedOn: row.publishedOn,
          }),
        ),
      );
    case 'boardList':
    case 'spared':
      return body.boardLists
        .filter((board) => group === undefined || board.code === group || board.colour === group)
        .flatMap((board) =>
          list === 'spared'
            ? board.spared.map((row) => one(`${board.code}/${row.unitId}`, row.name, { why: row.why.zh }))
            : board.rows.map((row) =>
                one(`${board.code}/${row.unitId}`, row.name, {
                  board: board.name.zh,
                  colour: board.colour,
                  rank: row.rank,
                  figure: figureOf(row.figure),
                  streak: row.streak,
                  why: row.why.zh,
                }),
              ),
        );
    case 'scores':
      return body.scores
        .filter((scheme) => group === undefined || scheme.code === group)
        .flatMap((scheme) =>
          scheme.units.map((unit) =>
            one(`${scheme.code}/${unit.unitId}`, unit.name, {
              total: exactOf(unit.total),
              rank: unit.rank,
              group: unit.group,
              veto: unit.veto?.zh ?? null,
            }),
          ),
        );
    case 'challenges':
      return body.challenges.map((row) =>
        one(row.id, row.title, {
          no: row.no,
          state: row.state,
          stateWords: row.stateWords.zh,
          unit: row.unit,
          takers: row.takers.join('、'),
          target: row.target,
          progress: exactOf(row.progress),
          dueOn: row.dueOn,
          lateSupport: row.lateSupport,
        }),
      );
    case 'row':
      throw new Error('A row stands for one of an `each` and is replaced when the text is written');
  }
}
