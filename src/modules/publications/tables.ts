import { ratio, showRatio, toDecimal } from '#core/shared/rate.ts';
import type { EditionBody, EditionGroup } from '#modules/editions/contract.ts';
import type { TableCode } from './draft.ts';
import {
  c,
  count,
  type EditionTable,
  figureText,
  gapColumn,
  lay,
  n,
  rateColumn,
  roundingNotes,
  share,
  sumCells,
  type TableCell,
  type TableColumn,
  type TableOptions,
  type TableUnit,
  text,
  through,
  yuan,
} from './table-parts.ts';
import { chosenProjects, lateProjects, notStarted, projectTable } from './table-projects.ts';
import { lightLegend, lightOrder } from './words.ts';

export { type EditionTable, roundingNote, type TableCell } from './table-parts.ts';

/** A table by county, command post, board or lead unit. */
function groupTable(
  body: EditionBody,
  code: 'counties' | 'commands' | 'boards' | 'leads',
  name: string,
  unit: TableUnit,
): EditionTable {
  const isRanked = code !== 'boards';
  const columns = [
    ...(isRanked ? [n('rank', '位次', 5, { align: 'center' })] : []),
    c('name', name, 18),
    n('projects', '项目数（个）', 7, { numFmt: '0', sum: true }),
    yuan('plan', `年度计划（${unit}）`),
    yuan('month', `本月完成（${unit}）`),
    yuan('done', `累计完成（${unit}）`),
    rateColumn(),
    gapColumn(),
    ...lightOrder.map((light) => n(light, lightLegend[light], 7, { group: '亮灯（个）', numFmt: '0', sum: true })),
    ...(isRanked ? [n('previous', '上月位次', 8, { align: 'center' })] : []),
  ];
  const rows = body[code].map((g: EditionGroup) =>
    lay(columns, {
      ...sumCells(body, g, unit),
      rank: g.rank === null ? { text: '—', value: null } : count(g.rank),
      previous: g.previousRank === null ? { text: '—', value: null } : count(g.previousRank),
      name: text(g.name),
    }),
  );
  const totals = lay(columns, { ...sumCells(body, body.total, unit), name: text('全市') });
  return {
    code,
    title: `${body.year}年${through(body)}重点项目${name === '板块' ? '分板块' : `分${name}`}推进情况`,
    note: `单位：${unit}`,
    columns,
    rows,
    totals,
    footnotes: roundingNotes(columns, rows, totals),
  };
}

function rankingTable(body: EditionBody, group: string | undefined): EditionTable {
  const columns = [
    c('name', '排名', 18),
    c('group', '分组', 14),
    n('rank', '位次', 6, { align: 'center' }),
    c('unit', '单位', 18),
    n('figure', '数值', 10, { numFmt: 'General' }),
    n('members', '项目数', 7, { numFmt: '0' }),
    n('previous', '上月位次', 7, { align: 'center' }),
  ];
  const rows = body.rankings.flatMap((ranking) =>
    ranking.groups
      .filter((each) => group === undefined || group === `${ranking.code}/${each.code}`)
      .flatMap((each) =>
        each.rows.map((row) =>
          lay(columns, {
            name: text(ranking.name.zh),
            group: text(each.name.zh),
            rank: row.rank === null ? { text: '不排名', value: '不排名' } : count(row.rank),
            unit: text(row.name),
            figure: figureText(row.figure, ranking.unit, ranking.decimals),
            members: count(row.members),
            previous: row.previousRank === null ? { text: '—', value: null } : count(row.previousRank),
          }),
        ),
      ),
  );
  return { code: 'ranking', title: '各项排名', note: null, columns, rows, totals: null, footnotes: [] };
}

function boardTable(body: EditionBody, group: string | undefined): EditionTable {
  const columns = [
    c('board', '榜别', 10),
    c('unit', '单位', 18),
    n('rank', '位次', 6, { align: 'center' }),
    c('figure', '指标', 9, { kind: 'number' }),
    n('streak', '连续月数', 8, { numFmt: '0' }),
    c('why', '上榜依据', 34),
    c('outcome', '结果运用', 26),
  ];
  const rows = body.boardLists
    .filter((board) => group === undefined || board.code === group || board.colour === group)
    .flatMap((board) =>
      board.rows.map((row) =>
        lay(columns, {
          board: text(board.name.zh),
          unit: text(row.name),
          rank: count(row.rank),
          figure: figureText(row.figure, 'percent', 1),
          streak: count(row.streak),
          why: text(row.why.zh),
          outcome: text(row.consequences.map((each) => each.text.zh).join('；')),
        }),
      ),
    );
  return { code: 'boardList', title: '红黑榜', note: null, columns, rows, totals: null, footnotes: [] };
}

function scoreTable(body: EditionBody, group: string | undefined): EditionTable {
  const schemes = body.scores.filter((scheme) => group === undefined || scheme.code === group);
  const items = schemes.length === 1 ? (schemes[0]!.units[0]?.items ?? []) : [];
  const points = (key: string, header: string, rest: Partial<TableColumn> = {}) =>
    n(key, header, 9, { numFmt: '0.00', ...rest });
  const columns = [
    c('scheme', '考核方案', 18),
    n('rank', '位次', 6, { align: 'center' }),
    c('unit', '单位', 18),
    ...items.map((item) => points(`item${item.code}`, item.name.zh)),
    points('total', '得分'),
    c('veto', '一票否决', 14),
  ];
  const rows = schemes.flatMap((scheme) =>
    [...scheme.units]
      .sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9))
      .map((unit) => {
        const shown = (exact: { n: string; d: string }): TableCell => {
          const r = ratio(BigInt(exact.n), BigInt(exact.d));
          return { text: showRatio(r, scheme.decimals, 'half-up'), value: toDecimal(r).toNumber() };
        };
        return lay(columns, {
          scheme: text(scheme.name.zh),
          rank: unit.rank === null ? { text: '—', value: null } : count(unit.rank),
          unit: text(unit.name),
          ...Object.fromEntries(unit.items.map((item) => [`item${item.code}`, shown(item.points)])),
          total: shown(unit.total),
          veto: text(unit.veto?.zh),
        });
      }),
  );
  return { code: 'scores', title: '考核得分', note: '单位：分', columns, rows, totals: null, footnotes: [] };
}

function challengeTable(body: EditionBody): EditionTable {
  const columns = [
    c('no', '编号', 18.5),
    c('title', '榜单', 22),
    c('takers', '揭榜方', 18),
    c('unit', '责任单位', 15),
    c('target', '目标', 14),
    c('value', '目前', 14),
    n('progress', '进度', 10, { numFmt: '0.0%' }),
    c('dueOn', '时限', 14.5, { kind: 'date' }),
    c('state', '状态', 8),
  ];
  const rows = body.challenges.map((row) =>
    lay(columns, {
      no: text(row.no),
      title: text(row.demo ? `${row.title}（示例）` : row.title),
      takers: text(row.takers.join('、')),
      unit: text(row.unit),
      target: text(row.target),
      value: text(row.valueBasis === 'selfReported' && row.value ? `${row.value}（自报）` : row.value),
      progress: row.progress ? figureText(row.progress, 'percent', 1) : text(''),
      dueOn: text(row.dueOn),
      state: text(row.stateWords.zh),
    }),
  );
  return { code: 'challenges', title: '揭榜挂帅进展', note: null, columns, rows, totals: null, footnotes: [] };
}

function matterTable(body: EditionBody): EditionTable {
  const columns = [
    n('index', '序号', 6.5, { align: 'center' }),
    c('no', '编号', 17),
    c('title', '事项', 28),
    c('unit', '责任单位', 17),
    c('dueOn', '时限', 13, { kind: 'date' }),
    n('late', '逾期天数', 10.5, { numFmt: '0' }),
  ];
  const rows = body.matters.latest.map((row, i) =>
    lay(columns, {
      index: count(i + 1),
      no: text(row.no),
      title: text(row.title),
      unit: text(row.unit),
      dueOn: text(row.dueOn),
      late: count(row.lateDays),
    }),
  );
  return { code: 'matters', title: '逾期事项清单', note: null, columns, rows, totals: null, footnotes: [] };
}

function lightTable(body: EditionBody): EditionTable {
  const { lights, projects } = body.total;
  const columns = [
    c('light', '亮灯', 12),
    n('count', '项目数', 10, { numFmt: '0', sum: true }),
    n('rate', '占比', 10, { numFmt: '0.0%' }),
  ];
  const rows = lightOrder.map((light) =>
    lay(columns, {
      light: text(lightLegend[light]),
      count: count(lights[light]),
      rate: share(lights[light], projects),
    }),
  );
  const all = lightOrder.reduce((sum, light) => sum + lights[light], 0);
  const totals = lay(columns, { light: text('合计'), count: count(all), rate: share(all, projects) });
  return { code: 'lights', title: '亮灯情况', note: '单位：个', columns, rows, totals, footnotes: [] };
}

/** One table of the edition, ready for paper and for Excel. */
export function tableOf(body: EditionBody, code: TableCode, options: TableOptions = {}): EditionTable {
  const { group, unit = '万元', isFull = false } = options;
  switch (code) {
    case 'counties':
      return groupTable(body, code, '县（市、区）', unit);
    case 'commands':
      return groupTable(body, code, '指挥部', unit);
    case 'boards':
      return groupTable(body, code, '板块', unit);
    case 'leads':
      return groupTable(body, code, '责任单位', unit);
    case 'lights':
      return lightTable(body);
    case 'late':
    case 'notStarted':
      return chosenProjects(body, code, '万元');
    case 'matters':
      return matterTable(body);
    case 'boardList':
      return boardTable(body, group);
    case 'ranking':
      return rankingTable(body, group);
    case 'scores':
      return scoreTable(body, group);
    case 'challenges':
      return challengeTable(body);
    case 'projects':
      return projectTable(body, '万元', isFull);
  }
}

/** Whether the table says anything: an empty one is left out of the bulletin. */
export function hasRows(body: EditionBody, code: TableCode, group?: string): boolean {
  switch (code) {
    case 'counties':
    case 'commands':
    case 'boards':
    case 'leads':
      return body[code].length > 0;
    case 'late':
      return lateProjects(body).length > 0;
    case 'notStarted':
      return notStarted(body).length > 0;
    default:
      return tableOf(body, code, { group }).rows.length > 0;
  }
}
