import type { EditionBody, EditionProject } from '#modules/editions/contract.ts';
import {
  c,
  count,
  type EditionTable,
  gapCell,
  gapColumn,
  lay,
  money,
  n,
  rateColumn,
  roundingNotes,
  share,
  sumCells,
  type TableCell,
  type TableColumn,
  type TableUnit,
  text,
  yuan,
} from './table-parts.ts';
import { filingWords, lightLegend, planKindWords, stageWords } from './words.ts';

const projectColumns = (isFull: boolean): TableColumn[] => {
  const plan = { group: '投资' };
  // Wide enough for a whole city's sum on one line: a figure broken in two is read wrongly.
  const sum = { ...plan, width: 12.5 };
  const start = { group: '开工', kind: 'date' as const };
  const finish = { group: '竣工', kind: 'date' as const };
  const columns: (TableColumn & { isOnlyFull?: boolean })[] = [
    n('serial', '序号', 6, { align: 'center' }),
    c('name', '项目名称', 26),
    { ...c('code', '项目代码', 19), isOnlyFull: true },
    c('county', '县（市、区）', 9),
    { ...c('board', '板块', 8), isOnlyFull: true },
    { ...c('tier', '项目类别', 8), isOnlyFull: true },
    c('planKind', '计划类型', 9.5),
    { ...c('stage', '阶段', 7), isOnlyFull: true },
    yuan('total', '总投资', sum),
    yuan('plan', '年度计划', sum),
    yuan('month', '本月完成', sum),
    yuan('done', '累计完成', sum),
    rateColumn('占年计划', { ...plan, width: 9.5 }),
    gapColumn({ header: '时序差', group: '投资' }),
    c('light', '亮灯', 11.5),
    { ...c('startPlanned', '计划', 12.5, start), isOnlyFull: true },
    { ...c('startActual', '实际', 12.5, start), isOnlyFull: true },
    { ...c('finishPlanned', '计划', 12.5, finish), isOnlyFull: true },
    { ...c('finishActual', '实际', 12.5, finish), isOnlyFull: true },
    { ...c('enrolled', '入统', 12.5, { kind: 'date' }), isOnlyFull: true },
    c('progress', '形象进度', 24),
    c('problem', '存在问题', 18),
    c('lead', '责任单位', 13),
    { ...c('command', '指挥部', 12), isOnlyFull: true },
    { ...c('filing', '填报', 5), isOnlyFull: true },
  ];
  return columns.filter((column) => isFull || !column.isOnlyFull).map(({ isOnlyFull: _, ...column }) => column);
};

const named = (p: EditionProject): TableCell => text(p.demo ? `${p.name}（示例）` : p.name);

const projectCells = (body: EditionBody, p: EditionProject, unit: TableUnit): Record<string, TableCell> => ({
  serial: count(p.serial),
  name: named(p),
  code: text(p.code),
  county: text(p.county),
  board: text(body.boards.find(({ key }) => key === p.board)?.name ?? p.board),
  tier: text(p.tier),
  planKind: text(p.planKind === null ? '' : (planKindWords[p.planKind] ?? p.planKind)),
  stage: text(stageWords[p.stage] ?? p.stage),
  total: money(p.totalYuan, unit),
  plan: money(p.planYuan, unit),
  month: money(p.monthYuan, unit),
  done: money(p.doneYuan, unit),
  rate: share(p.doneYuan, p.planYuan),
  gap: gapCell(body, p.doneYuan, p.planYuan),
  light: text(lightLegend[p.light]),
  startPlanned: text(p.startPlanned),
  startActual: text(p.startActual),
  finishPlanned: text(p.finishPlanned),
  finishActual: text(p.finishActual),
  enrolled: text(p.enrolledOn),
  progress: text(p.progressText),
  problem: text(p.problemText ?? p.why?.zh),
  lead: text(p.lead),
  command: text(p.command),
  filing: text(filingWords[p.filing] ?? p.filing),
});

export function projectTable(body: EditionBody, unit: TableUnit, isFull: boolean): EditionTable {
  const columns = projectColumns(isFull);
  const rows = body.projects.map((p) => lay(columns, projectCells(body, p, unit)));
  const totals = lay(columns, {
    ...sumCells(body, body.total, unit),
    name: text(`合计${body.total.projects}个（${body.total.items}项）`),
  });
  return {
    code: 'projects',
    title: `${body.city}${body.year}年${body.month}月重点项目调度表`,
    note: `单位：${unit}`,
    columns,
    rows,
    totals,
    footnotes: roundingNotes(columns, rows, totals),
  };
}

export function chosenProjects(body: EditionBody, code: 'late' | 'notStarted', unit: TableUnit): EditionTable {
  const isLate = code === 'late';
  const columns = [
    n('index', '序号', 6, { align: 'center' }),
    c('name', '项目名称', 24),
    c('county', '县（市、区）', 10),
    c('lead', '责任单位', 14),
    ...(isLate
      ? [
          n('plan', '年度计划', 10, { numFmt: '#,##0.00' }),
          n('done', '累计完成', 10, { numFmt: '#,##0.00' }),
          rateColumn(),
          gapColumn(),
        ]
      : [c('startPlanned', '计划开工', 11, { kind: 'date' }), c('stage', '阶段', 8)]),
    c('problem', isLate ? '存在问题' : '当前进展', 24),
  ];
  const rows = (isLate ? lateProjects(body) : notStarted(body)).map((p, i) => {
    const cells = projectCells(body, p, unit);
    return lay(columns, { ...cells, index: count(i + 1), ...(!isLate && { problem: text(p.progressText) }) });
  });
  return {
    code,
    title: isLate ? '滞后项目清单' : '应开未开项目清单',
    note: isLate ? `单位：${unit}` : null,
    columns,
    rows,
    totals: null,
    footnotes: [],
  };
}

export const lateProjects = (body: EditionBody): EditionProject[] =>
  body.projects.filter(({ light }) => light === 'late');
/** 应开未开: planned to begin by the last day of the edition, and no day of beginning is known. */
export const notStarted = (body: EditionBody): EditionProject[] =>
  body.projects.filter(
    (p) => p.planKind === 'new' && p.startActual === null && p.startPlanned !== null && p.startPlanned <= body.day,
  );
