import { createHash } from 'node:crypto';
import { canonical } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import type { FilingContent, FilingField } from '../content.ts';
import { eventPermission, filingFlow } from '../flow.ts';
import type { Period } from '../period.ts';
import type { FormKey } from '../sheet/form-columns.ts';
import { causeNames, yes } from '../sheet/form-columns.ts';
import type { FormRow, ReadForm } from '../sheet/read-form.ts';
import type { SheetPreview, SheetRow, SheetStatus } from '../sheet-contract.ts';
import { tenThousandFromYuan } from '../ten-thousand.ts';
import { blocking, type Hit } from '../validation.ts';
import { listSurroundings, type Surroundings } from './facts.ts';
import { check } from './form-hits.ts';
import { allowedOn, prefilled } from './present.ts';
import { expectedCumulative, explanationText } from './sheet-write.ts';
import { listFilings, type PlacedFiling } from './store.ts';
import { stateWords } from './words.ts';

export interface PlannedRow extends SheetRow {
  /** What would be written; null where nothing may be. */
  content: FilingContent | null;
  draftVersion: number;
}

export interface SheetPlan {
  rows: PlannedRow[];
  preview: Omit<SheetPreview, 'fileName'>;
}

/** Field of the filing → column of the form, for the address of a hit or a change. */
const keyOf: Partial<Record<FilingField, FormKey>> = {
  monthYuan: 'monthYuan',
  cumulativeYuan: 'cumulativeYuan',
  cause: 'cause',
  imageProgress: 'imageProgress',
  nextSteps: 'nextSteps',
  startedOn: 'startedOn',
  problems: 'problems',
  note: 'note',
};

/**
 * What a filled form would change, row by row, and what the rules say of it; writes nothing. Filings are read within the
 * caller's reach: a number from another unit's form finds nothing.
 */
export async function planSheet(scope: Scope, period: Period, form: ReadForm): Promise<SheetPlan> {
  const filings = new Map<string, PlacedFiling>();
  for (const filing of await listFilings(scope, 'filings.file', { period })) filings.set(filing.id, filing);
  const around = await listSurroundings(scope, [...filings.values()]);
  const rows: PlannedRow[] = [];
  for (const row of form.rows) rows.push(await planRow(scope, period, row, filings, around));
  const counts: Record<SheetStatus, number> = { changed: 0, unchanged: 0, conflict: 0, refused: 0 };
  for (const row of rows) counts[row.status] += 1;
  const digest = createHash('sha256').update(canonical(rows)).digest('hex');
  return {
    rows,
    preview: {
      period,
      unit: form.unit,
      unitCell: form.unitCell,
      rows: rows.map(({ content: _content, draftVersion: _version, ...row }) => row),
      counts,
      submittable: rows.filter((row) => row.canSubmit).length,
      digest,
    },
  };
}

async function planRow(
  scope: Scope,
  period: Period,
  read: FormRow,
  filings: ReadonlyMap<string, PlacedFiling>,
  around: ReadonlyMap<string, Surroundings>,
): Promise<PlannedRow> {
  const filing = read.filingId === null ? undefined : filings.get(read.filingId);
  const row: PlannedRow = {
    row: read.row,
    filingId: filing?.id ?? null,
    projectName: filing?.projectName ?? read.projectName,
    status: 'refused',
    changes: [],
    issues: [...read.issues],
    hits: [],
    canSubmit: false,
    content: null,
    draftVersion: filing?.draftVersion ?? 0,
  };
  const say = (status: SheetStatus, key: FormKey | null, words: Words): PlannedRow => {
    row.status = status;
    row.issues.push({ cell: (key && read.cells[key]) ?? null, words });
    return row;
  };
  if (!filing) {
    if (read.filingId === null) return row;
    const other = read.period === period ? undefined : await findOther(scope, read.filingId);
    return other ? say('conflict', 'period', ofOther(other.period, period)) : say('refused', 'filingId', unknown);
  }
  if (row.issues.length > 0) return row;

  const near = around.get(filing.id)!;
  const now = filing.draft ?? prefilled(near);
  const content = contentOf(read, now, filing, near);
  row.changes = changesOf(read, now, content);
  const isSame = canonical(content) === canonical(now);
  if (!isSame && !filingFlow[filing.state].save) return say('refused', null, closed(stateWords[filing.state]));
  // The filing as the file knew it is gone: nothing of the newer one is overwritten.
  if (!isSame && read.draftVersion !== filing.draftVersion)
    return say('conflict', null, changedSince(filing.draftByName, filing.draftAt));
  row.status = isSame ? 'unchanged' : 'changed';
  if (!filingFlow[filing.state].submit) return row;
  row.content = content;
  const isBlank = isSame && content.monthYuan === null;
  const hits = isBlank ? [] : check(filing, content, near);
  const open = new Set(blocking(hits));
  row.hits = hits
    .filter((hit) => hit.severity !== 'inform' || row.status === 'changed')
    .map((hit) => ({ ...hitOf(hit, read, content), isOpen: open.has(hit) }));
  const may = scope.can(eventPermission.submit) && allowedOn(scope, filing).includes('submit');
  row.canSubmit = may && !isBlank && open.size === 0;
  return row;
}

function hitOf(hit: Hit, read: FormRow, content: FilingContent) {
  // The rule speaks of both sums; in a form one of them stands there, and the other is the empty cell.
  const isSecond = hit.rule === 'missing' && content.monthYuan !== null;
  const key = isSecond ? 'cumulativeYuan' : (keyOf[hit.field] ?? 'projectName');
  return {
    rule: hit.rule,
    severity: hit.severity,
    cell: read.cells[key] ?? null,
    words: isSecond ? noCumulative : hit.words,
  };
}

/** Everything the file says over what is there; a column that is not in the file leaves its field alone. */
function contentOf(read: FormRow, now: FilingContent, filing: PlacedFiling, near: Surroundings): FilingContent {
  const { explanation, startedOn, cumulativeYuan, ...plain } = read.said;
  const content: FilingContent = { ...now, ...withoutUndefined(plain) };
  if (near.facts.startedOn === null && startedOn !== undefined) content.startedOn = startedOn;
  if (content.unchanged && content.monthYuan === null) content.monthYuan = 0;
  if (cumulativeYuan !== undefined)
    content.cumulativeYuan =
      cumulativeYuan ?? (content.unchanged ? near.facts.lastCumulativeYuan : expectedCumulative(content, near.facts));
  if (explanation !== undefined && explanation !== explanationText(now)) {
    content.explanations = {};
    // One cell answers what the rules ask; which of them do is known only with the other cells in place.
    const asked = explanation === '' ? [] : check(filing, content, near).filter(isQuestion);
    content.explanations = Object.fromEntries(asked.map((hit) => [hit.rule, explanation]));
  }
  return content;
}

const isQuestion = (hit: Hit): boolean => hit.severity === 'approve' || hit.severity === 'explain';

const withoutUndefined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as never;

function changesOf(read: FormRow, before: FilingContent, after: FilingContent): SheetRow['changes'] {
  const said = (content: FilingContent, field: FilingField): string => {
    const value = content[field as keyof FilingContent];
    if (field === 'monthYuan' || field === 'cumulativeYuan')
      return value === null ? '' : tenThousandFromYuan(value as number);
    if (field === 'cause') return content.cause === null ? '' : causeNames[content.cause];
    return (value as string | null) ?? '';
  };
  const changes: SheetRow['changes'] = [];
  for (const [field, key] of Object.entries(keyOf) as [FilingField, FormKey][]) {
    const [was, is] = [said(before, field), said(after, field)];
    if (was !== is) changes.push({ field, cell: read.cells[key] ?? null, before: was, after: is });
  }
  const explained = [explanationText(before), explanationText(after)] as const;
  if (explained[0] !== explained[1])
    changes.push({
      field: 'explanation',
      cell: read.cells.explanation ?? null,
      before: explained[0],
      after: explained[1],
    });
  if (before.unchanged !== after.unchanged)
    changes.push({
      field: 'unchanged',
      cell: read.cells.unchanged ?? null,
      before: before.unchanged ? yes : '',
      after: after.unchanged ? yes : '',
    });
  return changes;
}

/** A filing of another period that the caller may fill in as well: then the file is of that period. */
const findOther = async (scope: Scope, id: string): Promise<PlacedFiling | undefined> =>
  (await listFilings(scope, 'filings.file', { id }))[0];

const unknown: Words = {
  zh: '没有找到这份填报，或不在您的范围内；请重新下载填报表',
  en: 'There is no such filing, or it is not yours: download the form again',
};
const ofOther = (theirs: Period, ours: Period): Words => ({
  zh: `这一行属于 ${theirs} 的填报表，不是 ${ours} 的；没有写入`,
  en: `This row belongs to the form of ${theirs}, not of ${ours}; nothing is written`,
});
const closed = (state: Words): Words => ({
  zh: `这份填报现在是“${state.zh}”，不能从表格修改；要改请先撤回或申请更正`,
  en: `This filing is ${state.en} and cannot be changed from a form: take it back first, or ask for a correction`,
});
const noCumulative: Words = {
  zh: '本年首次填报，请填本年累计完成（含以前月份）',
  en: 'First filing of the year: enter what was done this year, earlier months included',
};
const changedSince = (by: string | null, at: Date | null): Words => {
  const when = at ? new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ') : '';
  return {
    zh: `下载之后${by ? ` ${by} ${when} ` : ''}改过这份填报，没有覆盖；请重新下载，或在填报页上填`,
    en: `${by ?? 'Somebody'} changed this filing after the download${when && ` (${when})`}; nothing is overwritten. Download it again, or fill in the page`,
  };
};
