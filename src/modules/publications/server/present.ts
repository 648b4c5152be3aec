import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import { type Edition, editionChanges, findEditionById, listEditionHeads } from '#modules/editions/server/public.ts';
import { showReference } from '../answer.ts';
import { type Correction, type Imprint, plainWords } from '../document.ts';
import { Content, keyOf, referencesOf, warningsOf } from '../draft.ts';
import type { Publication, PublicationRow, PublicationState } from '../shapes.ts';
import type { Template, TemplateCode } from '../template.ts';
import { shippedTemplate, shippedTemplates } from '../templates.ts';
import {
  findPublication,
  findReplacement,
  listEvents,
  listFiles,
  listTemplateVersions,
  type PublicationLine,
  type PublicationRecord,
} from './store.ts';

const words = { zh: '通报', en: 'bulletin' };
export const mayReview = (scope: Scope): boolean => scope.can('publications.review') || scope.can('publications.write');
/** What this person may see: drafts are for those who write, check and release them. */
export const visibleStates = (scope: Scope): PublicationState[] =>
  mayReview(scope) ? ['draft', 'releasing', 'released'] : ['released'];

/** @throws Problem 404: not there, or a draft that is none of this person's business */
export async function getPublication(scope: Scope, id: string, lock = false): Promise<PublicationRecord> {
  const found = await findPublication(scope, id, lock);
  if (!found || !visibleStates(scope).includes(found.state)) throw notFound(words);
  return { ...found, content: Content.parse(found.content) };
}

/** @throws Problem 409 when it is released, or was changed meanwhile: what was typed stays with who typed it */
export function assertDraft(found: PublicationRecord, draftVersion: number): void {
  if (found.state !== 'draft')
    throw conflict('not_a_draft', { zh: '这份通报已不是草稿，不能再改', en: 'This bulletin is no draft any more' });
  if (found.draftVersion !== draftVersion)
    throw conflict(
      'changed_meanwhile',
      {
        zh: `${found.editedByName}刚刚改过这份草稿，请先对照再保存`,
        en: `${found.editedByName} has just changed this draft: compare before you keep yours`,
      },
      { draftVersion: found.draftVersion, editedByName: found.editedByName },
    );
}

/** @throws Problem 404 */
export async function getEdition(scope: Scope, id: string): Promise<Edition> {
  const edition = await findEditionById(scope, id);
  if (!edition) throw notFound({ zh: '月度调度', en: 'edition' });
  return edition;
}

/** The city's newest version of a template, else the shipped one as version 0. */
export async function currentTemplate(
  scope: Scope,
  code: TemplateCode,
): Promise<{ version: number; template: Template }> {
  const [own] = await listTemplateVersions(scope, code);
  return own ?? { version: 0, template: shippedTemplate(code) };
}

export const issuerOf = (body: EditionBody): string => `${body.headquarters}办公室`;
export const titleOf = (body: EditionBody, content: Content): string =>
  plainWords(body, content.title).replaceAll('\n', '');

/** What a second issue says otherwise than the one it replaces; null for a first one. */
export async function correctionOf(
  scope: Scope,
  found: PublicationRecord,
  body: EditionBody,
): Promise<Correction | null> {
  const before = found.replacesId === null ? undefined : await findPublication(scope, found.replacesId);
  if (!before) return null;
  const old = await getEdition(scope, before.editionId);
  const changes = editionChanges(old.body, body).map((change) => ({
    place: change.place.zh,
    field: change.field.zh,
    old: change.old?.zh ?? null,
    new: change.new?.zh ?? null,
  }));
  return { of: before.issue, note: found.note ?? '', changes };
}

export async function imprintOf(scope: Scope, found: PublicationRecord, body: EditionBody): Promise<Imprint> {
  return (
    found.imprint ?? {
      number: found.number,
      issuer: issuerOf(body),
      day: scope.today,
      editionVersion: found.editionVersion,
      editionHash: found.editionHash,
      correction: await correctionOf(scope, found, body),
    }
  );
}

/** Newest sealed edition of each month. */
export async function newestEditions(scope: Scope): Promise<Map<string, number>> {
  const newest = new Map<string, number>();
  for (const { period, version } of await listEditionHeads(scope))
    newest.set(period, Math.max(version, newest.get(period) ?? 0));
  return newest;
}

export function presentRow(row: PublicationLine, newest: ReadonlyMap<string, number>): PublicationRow {
  return {
    id: row.id,
    template: row.template,
    templateName: shippedTemplates.find(({ code }) => code === row.template)!.name,
    period: row.period,
    issue: row.issue,
    state: row.state,
    title: row.title,
    number: row.number,
    editionVersion: row.editionVersion,
    newestEdition: newest.get(row.period) ?? row.editionVersion,
    note: row.note,
    replacesId: row.replacesId,
    replacedById: row.replacedById,
    problem: row.problem,
    editedAt: row.editedAt.toISOString(),
    editedByName: row.editedByName,
    releasedAt: row.state === 'released' ? (row.releasedAt?.toISOString() ?? null) : null,
    releasedByName: row.state === 'released' ? row.releasedByName : null,
  };
}

/** The page of one bulletin: the text with every reference answered, warnings, and what this person may do now. */
export async function presentPublication(scope: Scope, found: PublicationRecord): Promise<Publication> {
  const edition = await getEdition(scope, found.editionId);
  const { body } = edition;
  const newest = await newestEditions(scope);
  const answers = Object.fromEntries(
    [...referencesOf(found.content)].map(([key, reference]) => [key, showReference(body, reference)]),
  );
  const replacedById = await findReplacement(scope, found.id);
  const row = presentRow({ ...found, replacedById }, newest);
  const isDraft = found.state === 'draft';
  const isOld = row.newestEdition > found.editionVersion;
  const canWrite = scope.can('publications.write');
  const correction = found.imprint ? found.imprint.correction : await correctionOf(scope, found, body);
  return {
    ...row,
    content: found.content,
    draftVersion: found.draftVersion,
    answers,
    warnings: isDraft ? warningsOf(found.content, (ref) => answers[keyOf(ref)] ?? null) : [],
    edition: { id: edition.id, version: edition.version, hash: edition.hash, day: body.day },
    issuer: issuerOf(body),
    changes: correction?.changes ?? [],
    files: (await listFiles(scope, found.id)).map(({ product, fileId, name, size }) => ({
      product,
      id: fileId,
      name,
      size,
    })),
    events: (await listEvents(scope, found.id)).map((event) => ({ ...event, at: event.at.toISOString() })),
    allowed: [
      ...(isDraft && canWrite ? (['save', 'rewrite', 'discard'] as const) : []),
      ...(isDraft && canWrite && isOld ? (['refresh'] as const) : []),
      ...(isDraft && scope.can('publications.release') ? (['release'] as const) : []),
      ...(found.state === 'released' && canWrite && isOld && replacedById === null ? (['restate'] as const) : []),
    ],
  };
}
