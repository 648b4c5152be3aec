import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelColumn, streamWorkbook } from '#core/server/spreadsheet/write.ts';
import { yearOf } from '#core/shared/day.ts';
import { getProject, partiesOf } from '#modules/projects/server/public.ts';
import { opendata, type Publication } from '../contract.ts';
import { csvStream } from '../csv.ts';
import { type DatasetColumn, datasets } from '../datasets.ts';
import { oc4idsPackage, oc4idsProject, placeholderPrefix } from '../oc4ids.ts';
import { publicFields } from '../public-fields.ts';
import { countProjects, readDataset, yearsOfMoney } from './dataset-store.ts';
import { listProjectFacts } from './facts.ts';
import {
  findPrefix,
  findPublic,
  findPublication,
  listPublic,
  listPublicationEvents,
  setPrefix,
  setPublication,
} from './publication-store.ts';

async function headquartersOf(scope: Scope): Promise<string> {
  const { rows } = await sql<{ hqName: string }>`select hq_name from core.city where id = ${scope.cityId}`.execute(
    scope.db,
  );
  return rows[0]!.hqName;
}

async function publicationOf(scope: Scope, projectId: string): Promise<Publication> {
  const row = await findPublication(scope, projectId);
  const isPublic = row !== undefined && row.withdrawnAt === null;
  const allowed: Publication['allowed'] = scope.can('opendata.publish')
    ? isPublic
      ? ['publish', 'withdraw']
      : ['publish']
    : [];
  return {
    projectId,
    isPublic,
    fields: row?.fields ?? [],
    events: await listPublicationEvents(scope, projectId),
    allowed,
  };
}

/** A package file of the standard over these projects. Its address is where the same file can be fetched again. */
async function packageOf(scope: Scope, ids: readonly string[] | 'all', path: string): Promise<FileReply> {
  const facts = await listProjectFacts(scope, ids);
  if (facts.length === 0)
    throw conflict('nothing_to_export', { zh: '没有可导出的项目', en: 'There is no project to export' });
  // Serials of packages and items outside the export are needed for their ids.
  const { rows } = await sql<{
    id: string;
    serial: number;
  }>`select id, serial from projects.pub_project where city_id = ${scope.cityId}`.execute(scope.db);
  const serials = new Map(rows.map((row) => [row.id, row.serial]));
  const prefix = (await findPrefix(scope)) ?? placeholderPrefix;
  const options = { prefix, day: scope.today, serialOf: (id: string) => serials.get(id) ?? 0 };
  const { publicUrl } = scope.effects.host.config;
  const body = oc4idsPackage(
    facts.map((f) => oc4idsProject(f, options)),
    {
      uri: `${publicUrl ?? 'urn:guatu'}${publicUrl ? '/api' : ''}${publicUrl ? path : path.replaceAll('/', ':')}`,
      // The standard: of a package made on demand, when its contents last changed.
      publishedDate: new Date(Math.max(...facts.map((f) => +f.changedAt))),
      publisher: await headquartersOf(scope),
    },
  );
  return fileReply({
    name: `oc4ids-${ids === 'all' ? 'all' : String(facts[0]!.serial).padStart(4, '0')}-${scope.today}.json`,
    type: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(body, null, 2)) as Uint8Array<ArrayBuffer>,
  });
}

const excelKinds = { text: 'text', number: 'number', yuan: 'number', day: 'date', moment: 'text' } as const;
const excelColumn = ({ words, kind }: DatasetColumn, language: 'zh' | 'en'): ExcelColumn => ({
  header: words[language],
  kind: excelKinds[kind],
  width: kind === 'text' ? 20 : 14,
  ...(kind === 'yuan' && { numFmt: '#,##0' }),
});

export default defineServerModule(opendata, {
  handlers: {
    publicList: async (scope, input) => ({
      headquarters: await headquartersOf(scope),
      ...(await listPublic(scope, input)),
    }),
    publicProject: async (scope, { id }) => {
      const found = await findPublic(scope, id);
      if (!found) throw notFound({ zh: '公开项目', en: 'public project' });
      return found;
    },
    publication: async (scope, { id }) => {
      await getProject(scope, id, 'opendata.read');
      return publicationOf(scope, id);
    },
    publish: async (scope, { id, fields, reason }) => {
      const project = await getProject(scope, id, 'opendata.publish');
      const before = await findPublication(scope, id);
      const wasPublic = before !== undefined && before.withdrawnAt === null;
      const chosen = publicFields.filter((field) => fields.includes(field));
      if (wasPublic && chosen.join() === before.fields.join())
        throw invalid('nothing_changed', { zh: '公开的内容没有变化', en: 'What is public has not changed' }, 'fields');
      await setPublication(scope, [id], chosen, wasPublic ? 'changed' : 'published', reason);
      audited(scope, {
        subject: 'opendata.publication',
        id,
        before: { fields: wasPublic ? before.fields : null },
        after: { fields: chosen, reason },
      });
      await emit(scope, { topic: 'opendata.published', projectId: id, unitIds: partiesOf(project) });
      return publicationOf(scope, id);
    },
    withdraw: async (scope, { id, reason }) => {
      const project = await getProject(scope, id, 'opendata.publish');
      const before = await findPublication(scope, id);
      if (!before || before.withdrawnAt !== null)
        throw conflict('not_public', { zh: '这个项目没有公开', en: 'This project is not public' });
      await setPublication(scope, [id], null, 'withdrawn', reason);
      audited(scope, { subject: 'opendata.publication', id, before: { fields: before.fields }, after: { reason } });
      await emit(scope, { topic: 'opendata.withdrawn', projectId: id, unitIds: partiesOf(project) });
      return publicationOf(scope, id);
    },
    oc4idsProject: async (scope, { id }) => {
      await getProject(scope, id, 'opendata.read');
      const { rows } = await sql<{ id: string }>`select id from projects.pub_project
        where city_id = ${scope.cityId} and (id = ${id} or parent_id = ${id})`.execute(scope.db);
      return packageOf(
        scope,
        rows.map((row) => row.id),
        `/opendata/oc4ids/${id}`,
      );
    },
    oc4idsAll: (scope) => packageOf(scope, 'all', '/opendata/oc4ids'),
    dataset: async (scope, { code, format, year = yearOf(scope.today), language = 'zh' }) => {
      const { words, byYear } = datasets[code];
      const { columns, rows } = await readDataset(scope, code, year);
      const name = `${words[language]}${byYear ? ` ${year}` : ''} ${scope.today}.${format}`;
      if (format === 'csv')
        return fileReply({
          name,
          type: 'text/csv; charset=utf-8',
          body: csvStream(
            columns.map(({ key }) => key),
            rows,
          ),
        });
      return fileReply({
        name,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: streamWorkbook({
          sheet: words[language].slice(0, 31),
          columns: columns.map((column) => excelColumn(column, language)),
          rows,
          frozenColumns: 1,
        }),
      });
    },
    overview: async (scope) => ({
      ...(await countProjects(scope)),
      prefix: await findPrefix(scope),
      years: await yearsOfMoney(scope),
    }),
    setPrefix: async (scope, { prefix }) => {
      const before = await findPrefix(scope);
      await setPrefix(scope, prefix);
      audited(scope, {
        subject: 'opendata.publisher',
        id: scope.cityId,
        before: { prefix: before },
        after: { prefix },
      });
      return { prefix };
    },
  },
});
