import { conflict, invalid, notFound, Problem } from '#core/server/errors.ts';
import { claimFile, fileReply } from '#core/server/files.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { cellName } from '#core/shared/sheet.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { ImportRow, importEndpoints } from '../import-contract.ts';
import { fieldInfo } from '../ledger/field.ts';
import { labelOf } from '../ledger/mapping.ts';
import { acceptRows } from './import-accept.ts';
import { isBlocked, presentBrief, presentImport, presentRow } from './import-present.ts';
import {
  countImportRows,
  findImport,
  type ImportTable,
  insertImport,
  listImportRows,
  listImports,
  listTemplates,
  lockImport,
  removeImportRows,
  saveTemplate,
  setImport,
} from './import-store.ts';

type Endpoints = typeof importEndpoints;
type Input<K extends keyof Endpoints> = ParsedOf<Endpoints[K]>;
const words = { zh: '导入', en: 'import' };

/** An import compares with the whole register, so it needs the right over the whole city. */
function wholeCity(scope: Scope): void {
  if (scope.reach('projects.import').all) return;
  throw new Problem(403, 'whole_city_only', {
    zh: '导入台账需要全市范围的权限，请由总指挥部办公室导入',
    en: 'Importing a ledger needs the right over the whole city: ask the headquarters office',
  });
}

async function get(scope: Scope, id: string): Promise<ImportTable> {
  wholeCity(scope);
  const found = await findImport(scope, id);
  if (!found) throw notFound(words);
  return found;
}

async function lock(
  scope: Scope,
  id: string,
  action: 'map' | 'accept' | 'cancel' | 'saveTemplate',
): Promise<ImportTable> {
  wholeCity(scope);
  const found = await lockImport(scope, id);
  if (!found) throw notFound(words);
  if (action === 'accept' && found.state === 'ready' && isBlocked(found)) {
    throw conflict('questions_open', { zh: '还有问题没有回答，请先回答再接受', en: 'Answer the open questions first' });
  }
  if (!presentImport(scope, found).allowed.includes(action)) {
    throw conflict('wrong_state', {
      zh: '这次导入现在不能这样操作，请刷新页面',
      en: 'This import cannot do that now; reload the page',
    });
  }
  return found;
}

const present = async (scope: Scope, id: string) => presentImport(scope, await get(scope, id));
const analyse = (scope: Scope, id: string, revision: number) =>
  enqueue(scope, 'projects.analyseImport', { id, revision }, { key: `projects.import:${id}`, tries: 3 });

export const importHandlers = {
  startImport: async (scope: Scope, { fileId, fileName, templateId }: Input<'startImport'>) => {
    wholeCity(scope);
    await claimFile(scope, fileId);
    const id = await insertImport(scope, { fileId, fileName, templateId: templateId ?? null });
    await analyse(scope, id, 1);
    return present(scope, id);
  },

  imports: async (scope: Scope, _: Input<'imports'>) => {
    wholeCity(scope);
    return (await listImports(scope)).map(presentBrief);
  },

  getImport: (scope: Scope, { id }: Input<'getImport'>) => present(scope, id),

  importRows: async (scope: Scope, { id, status, withIssue, offset, limit }: Input<'importRows'>) => {
    const found = await get(scope, id);
    const wanted = { status, withIssue };
    const total = await countImportRows(scope, id, found.revision, wanted);
    const rows = await listImportRows(scope, id, found.revision, wanted, offset, limit);
    return {
      total,
      revision: found.revision,
      rows: await withUnitNames(
        scope,
        rows.map((row) => presentRow(found, row)),
      ),
    };
  },

  mapImport: async (scope: Scope, { id, sheet, mapping, answers }: Input<'mapImport'>) => {
    const found = await lock(scope, id, 'map');
    if (mapping) checkMapping(mapping);
    const isOtherSheet = sheet !== undefined && sheet !== found.sheet;
    await setImport(scope, id, {
      state: 'analysing',
      step: 'waiting',
      stepRows: 0,
      problem: null,
      revision: found.revision + 1,
      ...(sheet !== undefined && { sheet }),
      // Column numbers and answers of one sheet mean nothing in another.
      ...(isOtherSheet && { mapping: null, answers: {} }),
      ...(mapping && { mapping }),
      ...(answers && {
        answers: { ...found.answers, ...answers, units: { ...found.answers.units, ...answers.units } },
      }),
    });
    await analyse(scope, id, found.revision + 1);
    return present(scope, id);
  },

  acceptImport: async (scope: Scope, { id, revision, reason, approver }: Input<'acceptImport'>) => {
    const found = await lock(scope, id, 'accept');
    if (found.revision !== revision) {
      throw conflict('stale_preview', {
        zh: '预览已经更新，请核对后再接受',
        en: 'The preview has changed: look at it again, then accept',
      });
    }
    await acceptRows(scope, found, { reason, approver });
    return present(scope, id);
  },

  cancelImport: async (scope: Scope, { id }: Input<'cancelImport'>) => {
    await lock(scope, id, 'cancel');
    await setImport(scope, id, { state: 'cancelled', step: null });
    await removeImportRows(scope, id, null);
    return present(scope, id);
  },

  importRefused: async (scope: Scope, { id, language = 'zh' }: Input<'importRefused'>) => {
    const found = await get(scope, id);
    const rows = await listImportRows(scope, id, found.revision, { status: 'refused' }, 0, 100_000);
    const isZh = language === 'zh';
    const bytes = await writeWorkbook([
      {
        sheet: isZh ? '未导入' : 'Refused',
        title: isZh ? `未导入的行：${found.fileName}` : `Refused rows: ${found.fileName}`,
        columns: [
          { header: isZh ? '行' : 'Row', width: 8, kind: 'number' },
          { header: isZh ? '项目名称' : 'Project', width: 40, wrap: true },
          { header: isZh ? '单元格' : 'Cell', width: 10 },
          { header: isZh ? '原文' : 'Text', width: 30, wrap: true },
          { header: isZh ? '原因' : 'Reason', width: 60, wrap: true },
        ],
        rows: rows
          .map((row) => presentRow(found, row))
          .flatMap((row) =>
            row.errors.map((error) => [
              row.row,
              row.name,
              error.column === null ? '' : cellName(row.row - 1, error.column),
              error.column === null ? '' : (row.texts[String(error.column)] ?? ''),
              error.words[language],
            ]),
          ),
      },
    ]);
    const name = `${found.fileName.replace(/\.[^.]+$/, '')}-${isZh ? '未导入' : 'refused'}.xlsx`;
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return fileReply({ name, type, body: new Uint8Array(bytes) });
  },

  importTemplates: async (scope: Scope, _: Input<'importTemplates'>) => {
    wholeCity(scope);
    return (await listTemplates(scope)).map(presentTemplate);
  },

  saveImportTemplate: async (scope: Scope, { importId, name }: Input<'saveImportTemplate'>) => {
    const found = await lock(scope, importId, 'saveTemplate');
    const columns = found.columns.map(({ path, field, unit, unitSource }) => ({
      label: labelOf(path),
      field,
      ...(unit && unitSource === 'answer' && { unit }),
    }));
    return presentTemplate(await saveTemplate(scope, name, columns));
  },
};

/** In changes a unit's id says nothing to a reader: its name stands there instead. */
async function withUnitNames(scope: Scope, rows: ImportRow[]): Promise<ImportRow[]> {
  const isUnit = (field: string) => field.endsWith('UnitId');
  const ids = rows.flatMap((row) => row.changes.filter((c) => isUnit(c.field)).flatMap((c) => [c.before, c.after]));
  const uuids = ids.filter((id): id is string => typeof id === 'string' && !id.startsWith('new:'));
  const names = uuids.length > 0 ? await unitNames(scope, uuids) : new Map<string, { name: string }>();
  const named = (value: unknown) => names.get(String(value))?.name ?? value;
  return rows.map((row) => ({
    ...row,
    changes: row.changes.map((c) => (isUnit(c.field) ? { ...c, before: named(c.before), after: named(c.after) } : c)),
  }));
}

/** Two columns for one field would leave to chance which of them counts. */
function checkMapping(mapping: NonNullable<Input<'mapImport'>['mapping']>): void {
  const used = new Set<string>();
  for (const { field, year } of mapping) {
    if (field === null || fieldInfo(field).isIgnored) continue;
    const key = fieldInfo(field).isAnnual ? `${field} ${year ?? ''}` : field;
    if (used.has(key)) {
      const { zh, en } = fieldInfo(field).words;
      throw invalid(
        'field_twice',
        { zh: `“${zh}”对应了两列，请只保留一列`, en: `Two columns go to “${en}”: keep one` },
        'mapping',
      );
    }
    used.add(key);
  }
}

const presentTemplate = (row: { id: string; name: string; columns: unknown[]; createdAt: Date }) => ({
  id: row.id,
  name: row.name,
  columns: row.columns.length,
  createdAt: row.createdAt.toISOString(),
});
