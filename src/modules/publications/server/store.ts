import { type Selectable, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Imprint } from '../document.ts';
import type { Content } from '../draft.ts';
import type { Product, PublicationState } from '../shapes.ts';
import { Template, type TemplateCode } from '../template.ts';

/** Frozen with a release: what the files say besides the text, and the text of the correction. */
export type KeptImprint = Imprint;

interface PublicationTable {
  cityId: string;
  id: string;
  template: TemplateCode;
  templateVersion: number;
  period: string;
  issue: number;
  state: PublicationState;
  editionId: string;
  editionVersion: number;
  editionHash: string;
  number: string | null;
  note: string | null;
  replacesId: string | null;
  title: string;
  content: Content;
  draftVersion: number;
  imprint: KeptImprint | null;
  problem: string | null;
  createdAt: Date;
  createdBy: string;
  createdByName: string;
  editedAt: Date;
  editedByName: string;
  releasedAt: Date | null;
  releasedBy: string | null;
  releasedByName: string | null;
}
export type PublicationRecord = Selectable<PublicationTable>;
/** Without the text: what lists need. */
export type PublicationLine = Omit<PublicationRecord, 'content' | 'imprint'> & { replacedById: string | null };

interface FileTable {
  cityId: string;
  publicationId: string;
  product: Product;
  fileId: string;
  name: string;
  size: number;
}
export type EventKind = 'created' | 'refreshed' | 'rewritten' | 'signed' | 'released' | 'failed' | 'discarded';
interface EventTable {
  cityId: string;
  id: string;
  publicationId: string;
  kind: EventKind;
  byId: string;
  byName: string;
  at: Date;
  note: string | null;
}
interface TemplateTable {
  cityId: string;
  code: TemplateCode;
  version: number;
  template: unknown;
  reason: string;
  byId: string;
  byName: string;
  at: Date;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'publications.publication': PublicationTable;
    'publications.file': FileTable;
    'publications.publicationEvent': EventTable;
    'publications.templateVersion': TemplateTable;
  }>();
const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;

const line = [
  'cityId',
  'id',
  'template',
  'templateVersion',
  'period',
  'issue',
  'state',
  'editionId',
  'editionVersion',
  'editionHash',
  'number',
  'note',
  'replacesId',
  'title',
  'draftVersion',
  'problem',
  'createdAt',
  'createdBy',
  'createdByName',
  'editedAt',
  'editedByName',
  'releasedAt',
  'releasedBy',
  'releasedByName',
] as const;

/** Newest month first, then as templates stand, the newest issue first. Discarded ones are left out. */
export async function listPublications(
  scope: Scope,
  filter: {
    year?: number | undefined;
    period?: string;
    template?: TemplateCode | undefined;
    states: readonly PublicationState[];
  },
): Promise<PublicationLine[]> {
  const { year, period, template, states } = filter;
  const found = await tables(scope)
    .selectFrom('publications.publication')
    .select(line)
    .where('cityId', '=', scope.cityId)
    .where('state', 'in', [...states])
    .$if(year !== undefined, (q) => q.where('period', '>=', `${year}-01`).where('period', '<=', `${year}-12`))
    .$if(period !== undefined, (q) => q.where('period', '=', period!))
    .$if(template !== undefined, (q) => q.where('template', '=', template!))
    .orderBy('period', 'desc')
    .orderBy('template')
    .orderBy('issue', 'desc')
    .execute();
  const replacedBy = new Map(
    found.flatMap((row) => (row.replacesId && row.state === 'released' ? [[row.replacesId, row.id] as const] : [])),
  );
  return found.map((row) => ({ ...row, replacedById: replacedBy.get(row.id) ?? null }));
}

export const findPublication = (scope: Scope, id: string, lock = false): Promise<PublicationRecord | undefined> =>
  tables(scope)
    .selectFrom('publications.publication')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst();

/** The released issue that came after, when there is one. */
export async function findReplacement(scope: Scope, id: string): Promise<string | null> {
  const row = await tables(scope)
    .selectFrom('publications.publication')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('replacesId', '=', id)
    .where('state', '=', 'released')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Issues of one bulletin, discarded ones too: numbers are not given out twice. */
export const listIssues = (scope: Scope, template: TemplateCode, period: string) =>
  tables(scope)
    .selectFrom('publications.publication')
    .select(['id', 'issue', 'state', 'editionId', 'editionVersion'])
    .where('cityId', '=', scope.cityId)
    .where('template', '=', template)
    .where('period', '=', period)
    .orderBy('issue')
    .execute();

/** One draft of a bulletin at a time; held to the end of the transaction. */
export const lockBulletin = (scope: Scope, template: string, period: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`guatu publication ${scope.cityId} ${template} ${period}`}, 0))`.execute(
    scope.db,
  );

export async function insertPublication(
  scope: Scope,
  row: Pick<
    PublicationRecord,
    | 'template'
    | 'templateVersion'
    | 'period'
    | 'issue'
    | 'editionId'
    | 'editionVersion'
    | 'editionHash'
    | 'number'
    | 'note'
    | 'replacesId'
    | 'title'
    | 'content'
  >,
  by: { at: Date; name: string } = { at: scope.now, name: scope.actor.name },
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('publications.publication')
    .values({
      ...row,
      content: jsonb(row.content),
      cityId: scope.cityId,
      id,
      state: 'draft',
      draftVersion: 1,
      imprint: null,
      problem: null,
      createdAt: by.at,
      createdBy: scope.actor.id,
      createdByName: by.name,
      editedAt: by.at,
      editedByName: by.name,
      releasedAt: null,
      releasedBy: null,
      releasedByName: null,
    })
    .execute();
  await insertEvent(scope, id, 'created', row.note, by);
  return id;
}

/** Changes a draft and counts its version on. */
export async function setDraft(
  scope: Scope,
  { id, draftVersion }: { id: string; draftVersion: number },
  changes: Partial<
    Pick<
      PublicationRecord,
      | 'content'
      | 'title'
      | 'number'
      | 'note'
      | 'editionId'
      | 'editionVersion'
      | 'editionHash'
      | 'templateVersion'
      | 'state'
    >
  >,
): Promise<void> {
  const { content, ...plain } = changes;
  await tables(scope)
    .updateTable('publications.publication')
    .set({
      ...plain,
      ...(content && { content: jsonb(content) }),
      draftVersion: draftVersion + 1,
      editedAt: scope.now,
      editedByName: scope.actor.name,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export async function setReleasing(
  scope: Scope,
  id: string,
  change: { imprint: KeptImprint; note: string | null; at: Date; byName: string },
): Promise<void> {
  await tables(scope)
    .updateTable('publications.publication')
    .set({
      state: 'releasing',
      imprint: jsonb(change.imprint),
      note: change.note,
      problem: null,
      releasedAt: change.at,
      releasedBy: scope.actor.id,
      releasedByName: change.byName,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export async function setReleased(scope: Scope, id: string): Promise<void> {
  await tables(scope)
    .updateTable('publications.publication')
    .set({ state: 'released', problem: null })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('state', '=', 'releasing')
    .execute();
}

/** A release that did not come about is a draft again, and says why. */
export async function setFailed(scope: Scope, id: string, problem: string): Promise<void> {
  await tables(scope)
    .updateTable('publications.publication')
    .set({ state: 'draft', problem, releasedAt: null, releasedBy: null, releasedByName: null })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('state', '=', 'releasing')
    .execute();
}

export async function insertFile(scope: Scope, row: Omit<FileTable, 'cityId'>): Promise<void> {
  await tables(scope)
    .insertInto('publications.file')
    .values({ ...row, cityId: scope.cityId })
    .execute();
}

export const listFiles = (scope: Scope, publicationId: string): Promise<Selectable<FileTable>[]> =>
  tables(scope)
    .selectFrom('publications.file')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('publicationId', '=', publicationId)
    .orderBy('product')
    .execute();

export async function insertEvent(
  scope: Scope,
  publicationId: string,
  kind: EventKind,
  note: string | null = null,
  by: { at: Date; name: string } = { at: scope.now, name: scope.actor.name },
): Promise<void> {
  await tables(scope)
    .insertInto('publications.publicationEvent')
    .values({
      cityId: scope.cityId,
      id: newId(),
      publicationId,
      kind,
      byId: scope.actor.id,
      byName: by.name,
      at: by.at,
      note,
    })
    .execute();
}

export const listEvents = (scope: Scope, publicationId: string) =>
  tables(scope)
    .selectFrom('publications.publicationEvent')
    .select(['kind', 'byName', 'at', 'note'])
    .where('cityId', '=', scope.cityId)
    .where('publicationId', '=', publicationId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** Every version of a city's own templates, newest first. */
export async function listTemplateVersions(scope: Scope, code?: TemplateCode) {
  const found = await tables(scope)
    .selectFrom('publications.templateVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(code !== undefined, (q) => q.where('code', '=', code!))
    .orderBy('version', 'desc')
    .execute();
  return found.map((row) => ({ ...row, template: Template.parse(row.template) }));
}

export async function insertTemplateVersion(
  scope: Scope,
  { template, version, reason }: { template: Template; version: number; reason: string },
): Promise<void> {
  await tables(scope)
    .insertInto('publications.templateVersion')
    .values({
      cityId: scope.cityId,
      code: template.code,
      version,
      template: JSON.stringify(template),
      reason,
      byId: scope.actor.id,
      byName: scope.actor.name,
      at: scope.now,
    })
    .execute();
}
