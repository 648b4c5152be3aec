import type { Scope } from '#core/server/scope.ts';
import type { Import, ImportRow } from '../import-contract.ts';
import { annualKey } from '../ledger/read-cell.ts';
import type { RowBody } from './import-accept.ts';
import type { ImportRowTable, ImportTable } from './import-store.ts';

export const isBlocked = (row: Pick<ImportTable, 'questions'>): boolean => row.questions.some((q) => q.isBlocking);

const writes = ({ counts }: Pick<ImportTable, 'counts'>): number => (counts.new ?? 0) + (counts.changed ?? 0);

export function presentImport(scope: Scope, row: ImportTable): Import {
  const allowed: Import['allowed'] = [];
  if (scope.can('projects.import')) {
    if (row.state === 'ready' || (row.state === 'failed' && row.problem?.code === 'no_ledger')) allowed.push('map');
    if (row.state === 'ready') allowed.push('saveTemplate');
    if (row.state === 'ready' && !isBlocked(row) && writes(row) > 0) allowed.push('accept');
    if (row.state === 'ready' || row.state === 'analysing' || row.state === 'failed') allowed.push('cancel');
  }
  return {
    ...presentBrief(row),
    revision: row.revision,
    progress: row.state === 'analysing' ? { step: row.step ?? 'waiting', rows: row.stepRows } : null,
    problem: row.problem,
    sheets: row.sheets,
    sheet: row.sheet,
    structure: row.structure,
    columns: row.columns,
    questions: row.questions,
    answers: row.answers,
    warned: row.warned,
    newUnits: row.newUnits,
    allowed,
  };
}

export const presentBrief = (row: ImportTable) => ({
  id: row.id,
  state: row.state,
  fileName: row.fileName,
  createdAt: row.createdAt.toISOString(),
  actorName: row.actorName,
  counts: { new: 0, changed: 0, unchanged: 0, refused: 0, ...row.counts },
});

/** A row of the preview: its values set back under the columns they were read from. */
export function presentRow(found: ImportTable, row: ImportRowTable): ImportRow {
  const body = JSON.parse(row.body) as RowBody;
  const values: Record<string, unknown> = {};
  for (const column of found.columns) {
    if (column.field === null) continue;
    const value = readValue(body, column.field, annualKey({ field: column.field, year: column.year ?? undefined }));
    if (value !== undefined) values[column.column] = value;
  }
  return {
    row: row.rowNumber,
    status: row.status,
    parentRow: row.parentRow,
    projectId: row.projectId,
    serial: row.serial,
    name: row.name,
    texts: body.texts ?? {},
    values,
    changes: body.changes ?? [],
    errors: body.errors ?? [],
    warnings: body.warnings ?? [],
  };
}

function readValue({ fields, units = {}, plans }: RowBody, field: string, key: string): unknown {
  const [plain, year] = key.split('.');
  if (year !== undefined) {
    const plan = plans.find((p) => String(p.year || '') === year);
    return plain === 'goal' ? plan?.goal : plan?.planYuan;
  }
  if (field in units) return units[field as keyof typeof units];
  if (field === 'region') return fields.regionCode;
  if (field === 'lng') return fields.point?.x;
  if (field === 'lat') return fields.point?.y;
  if (field === 'period') {
    const { startPlanned: from, finishPlanned: to } = fields;
    return from && to ? { from, to } : (from ?? to);
  }
  return (fields as Record<string, unknown>)[field];
}
