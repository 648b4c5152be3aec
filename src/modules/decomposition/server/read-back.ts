import { audited } from '#core/server/audit.ts';
import { readDocument } from '#core/server/document/read/read.ts';
import { invalid } from '#core/server/errors.ts';
import { claimFile, readFileBytes } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import type { ReadBack, Row } from '../contract.ts';
import { type QuarterGoal, quarterCodes } from '../proposal.ts';
import { planYear } from '../propose.ts';
import { quantitiesIn } from '../quantity.ts';
import { proposeFromTable, type TableRow } from '../table-rows.ts';
import { factsOf } from './create.ts';
import { type Register, readRegister } from './register.ts';
import { cellsOfRow, type RowCells } from './sheet.ts';
import { type Changes, getDocument, insertProposals, listProposals, lockDocument, setProposal } from './store.ts';
import { rowsOf } from './view.ts';

type FieldName = keyof RowCells;

/**
 * An exported sheet that people changed, read in again: each line is found by its hidden number. Changed since the export by
 * somebody else, or issued meanwhile: a conflict, and the row stays as it is. Lines without a number become new rows.
 */
export async function readBack(
  scope: Scope,
  { id, fileId, apply }: { id: string; fileId: string; apply: boolean },
): Promise<ReadBack> {
  const head = await lockDocument(scope, id);
  const file = await claimFile(scope, fileId);
  const sheet = await readDocument(await readFileBytes(scope, file.id));
  const context = {
    on: head.docOn,
    ownYear: planYear(await getDocument(scope, id), head.title, head.docOn),
    workdays: await calendarOf(scope),
  };
  const lines = sheet.blocks.flatMap((block) =>
    block.kind === 'table' ? proposeFromTable(sheet, block, context) : [],
  );
  if (lines.length === 0)
    throw invalid(
      'no_task_table',
      {
        zh: '文件中没有任务分解表，请上传从本页导出的 Excel',
        en: 'There is no table of tasks in the file: upload the Excel exported from this page',
      },
      'fileId',
    );
  const records = await listProposals(scope, id);
  const rows = new Map((await rowsOf(scope, records)).map((row) => [row.id, row]));
  const register = await readRegister(scope);
  const result: ReadBack = { changed: [], unchanged: 0, conflicts: [], added: [], applied: apply };
  const seen = new Set<string>();
  const fresh: TableRow[] = [];
  for (const line of lines) {
    const row = line.rowId === null ? undefined : rows.get(line.rowId);
    const conflict = (reason: Words) =>
      result.conflicts.push({ rowId: row?.id ?? null, n: row?.n ?? null, title: line.title, reason });
    if (line.rowId === null) {
      fresh.push(line);
      result.added.push({ title: line.title });
      continue;
    }
    if (!row) {
      conflict({ zh: '这一行不在本分解中，或已被合并', en: 'The row is not in this decomposition, or was merged' });
      continue;
    }
    if (seen.has(row.id)) {
      conflict({ zh: '同一行在表中出现了两次', en: 'The same row stands in the sheet twice' });
      continue;
    }
    seen.add(row.id);
    const fields = differences(row, line, register);
    if (fields.length === 0) result.unchanged += 1;
    else if (row.matter) conflict({ zh: '已签发，请在事项中修改', en: 'It was issued: change the matter' });
    else if (records.some((r) => r.id === row.id && r.matterId !== null))
      conflict({ zh: '已签发，请在事项中修改', en: 'It was issued: change the matter' });
    else if (row.version !== line.rowVersion)
      conflict({
        zh: '导出之后这一行又被改过，未覆盖',
        en: 'The row was changed after the export; nothing was overwritten',
      });
    else {
      result.changed.push({ rowId: row.id, n: row.n, title: line.title, fields });
      if (apply) await setProposal(scope, row.id, changesFrom(row, line, fields, register));
    }
  }
  if (apply) {
    const last = records.at(-1)?.n ?? 0;
    // Their places are in the sheet, not in the document's text.
    const made = fresh.map(({ rowId: _, rowVersion: __, ...row }) => ({ ...row, spans: [] }));
    await insertProposals(
      scope,
      made.map((row, i) => factsOf(row, { documentId: id, n: last + 1 + i, register })),
    );
    audited(scope, {
      subject: 'decomposition.document',
      id,
      after: { readBack: file.id, changed: result.changed, added: fresh.length },
    });
  }
  return result;
}

const bare = (text: string): string => text.replace(/\s+/g, '').replace(/[，；、,;]+$/, '');

function cellsOfLine(line: TableRow): RowCells {
  const goal = (code: string) => line.goals.find((g) => g.code === code)?.title ?? '';
  return {
    title: line.title,
    target: line.target ?? '',
    leader: line.leaderText ?? '',
    lead: line.leadText ?? '',
    co: line.coTexts.join('、'),
    handler: line.handlerText ?? '',
    due: line.dueOn ?? '',
    Q1: goal('Q1'),
    Q2: goal('Q2'),
    Q3: goal('Q3'),
    Q4: goal('Q4'),
  };
}

/** Fields of the line that say something else. A unit under another of its names is the same unit. */
function differences(row: Row, line: TableRow, register: Register): FieldName[] {
  const [ours, theirs] = [cellsOfRow(row), cellsOfLine(line)];
  const isSameUnit = (text: string | null, unitId: string | null) =>
    unitId !== null && register.unitOf(text) === unitId;
  const isSame: Partial<Record<FieldName, boolean>> = {
    lead: isSameUnit(line.leadText, row.leadUnitId),
    co:
      line.coTexts.length === row.co.length &&
      row.co.every(
        (party, i) => (party.name ?? party.text) === line.coTexts[i] || isSameUnit(line.coTexts[i]!, party.unitId),
      ),
  };
  return (Object.keys(ours) as FieldName[]).filter(
    (field) => !isSame[field] && bare(ours[field]) !== bare(theirs[field]),
  );
}

function changesFrom(row: Row, line: TableRow, fields: readonly FieldName[], register: Register): Changes {
  const has = (field: FieldName) => fields.includes(field);
  const changes: Changes = {};
  if (has('title')) changes.title = line.title.slice(0, 300);
  if (has('target')) changes.target = line.target?.slice(0, 1000) ?? null;
  if (has('title') || has('target'))
    changes.quantities = quantitiesIn(`${line.target ?? ''}\n${line.title}`).map(({ start: _, end: __, ...q }) => q);
  if (has('leader')) {
    changes.leaderText = line.leaderText;
    changes.leaderId = register.leaderOf(line.leaderText);
  }
  if (has('lead')) {
    changes.leadText = line.leadText;
    changes.leadUnitId = register.unitOf(line.leadText);
  }
  if (has('co'))
    changes.co = line.coTexts.map((text) => ({
      text,
      unitId: row.co.find((party) => (party.name ?? party.text) === text)?.unitId ?? register.unitOf(text),
    }));
  if (has('handler')) changes.handlerText = line.handlerText?.slice(0, 60) ?? null;
  if (has('due')) {
    changes.dueOn = line.dueOn;
    changes.dueWords = line.dueWords;
    changes.dueWhy = line.dueWhy;
  }
  if (quarterCodes.some((code) => has(code)))
    changes.goals = line.goals.map((goal): QuarterGoal => ({ ...goal, title: goal.title.slice(0, 500) }));
  return changes;
}
