import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { findEdition } from '#modules/editions/server/public.ts';
import { type Content, missingMark } from '../draft.ts';
import type { Publication } from '../shapes.ts';
import type { TemplateCode } from '../template.ts';
import { writeContent } from '../write.ts';
import { assertDraft, currentTemplate, getEdition, getPublication, presentPublication, titleOf } from './present.ts';
import { findPublication, insertEvent, insertPublication, listIssues, lockBulletin, setDraft } from './store.ts';

export interface NewDraft {
  template: TemplateCode;
  period: string;
  /** The newest edition unless said. */
  version?: number;
  keepsText?: boolean;
  number?: string | null;
}

/** A draft by the rules of its template. @throws Problem 404 no edition, 409 draft_exists, already_released */
export async function createDraft(
  scope: Scope,
  { template: code, period, version, keepsText = false, number = null }: NewDraft,
  by?: { at: Date; name: string },
): Promise<string> {
  await lockBulletin(scope, code, period);
  const edition = await findEdition(scope, { period, version });
  if (!edition) throw notFound({ zh: '已冻结的月度调度', en: 'sealed edition of that month' });
  const issues = await listIssues(scope, code, period);
  const open = issues.find(({ state }) => state === 'draft' || state === 'releasing');
  if (open)
    throw conflict(
      'draft_exists',
      { zh: '这个月已有同类草稿，请接着改', en: 'There is a draft of it: go on with that one' },
      { id: open.id },
    );
  const last = issues.filter(({ state }) => state === 'released').at(-1);
  if (last && last.editionVersion >= edition.version)
    throw conflict('already_released', {
      zh: '本月通报已按最新数据签发；数据更正形成新的一版后，可以再发更正版',
      en: 'It is released on the newest figures; a corrected issue follows a new edition',
    });
  const { version: templateVersion, template } = await currentTemplate(scope, code);
  const before = last && keepsText ? await findPublication(scope, last.id) : undefined;
  const content: Content = before?.content ?? writeContent(edition.body, template);
  const id = await insertPublication(
    scope,
    {
      template: code,
      templateVersion,
      period,
      issue: (issues.at(-1)?.issue ?? 0) + 1,
      editionId: edition.id,
      editionVersion: edition.version,
      editionHash: edition.hash,
      number,
      note: last ? edition.note : null,
      replacesId: last?.id ?? null,
      title: titleOf(edition.body, content),
      content,
    },
    by,
  );
  audited(scope, {
    subject: 'publications.publication',
    id,
    after: { template: code, period, edition: edition.version },
  });
  return id;
}

type Step = { id: string; draftVersion: number };

/** Control characters have no place in a document, and PostgreSQL would refuse some of them. */
const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0009\u000b-\u001f]/g, '').replaceAll(missingMark, '');

function cleaned(content: Content): Content {
  const runs = (all: Content['title']) =>
    all.map((run) => (run.kind === 'text' ? { ...run, text: clean(run.text) } : run));
  return {
    ...content,
    title: runs(content.title),
    blocks: content.blocks.map((block) =>
      block.kind === 'table'
        ? block
        : { ...block, sentences: block.sentences.map((one) => ({ ...one, runs: runs(one.runs) })) },
    ),
  };
}

/** Keeps what was typed. @throws Problem 409 changed_meanwhile, not_a_draft; 422 same_id */
export async function saveDraft(
  scope: Scope,
  { id, draftVersion, content, number, note }: Step & { content: Content; number: string | null; note: string | null },
): Promise<Publication> {
  const found = await getPublication(scope, id, true);
  assertDraft(found, draftVersion);
  const ids = content.blocks.flatMap((block) => [
    block.id,
    ...(block.kind === 'table' ? [] : block.sentences.map((one) => one.id)),
  ]);
  if (new Set(ids).size < ids.length)
    throw invalid(
      'same_id',
      { zh: '段落编号重复，请刷新后重试', en: 'Two parts have one id: reload and try again' },
      'content',
    );
  const { body } = await getEdition(scope, found.editionId);
  const kept = cleaned(content);
  await setDraft(scope, found, {
    content: kept,
    title: titleOf(body, kept),
    number: number || null,
    note: note || null,
  });
  return presentPublication(scope, await getPublication(scope, id));
}

/** The newest figures under the same words. */
export async function refreshDraft(scope: Scope, { id, draftVersion }: Step): Promise<Publication> {
  const found = await getPublication(scope, id, true);
  assertDraft(found, draftVersion);
  const edition = await findEdition(scope, { period: found.period });
  if (!edition) throw notFound({ zh: '月度调度', en: 'edition' });
  await setDraft(scope, found, {
    editionId: edition.id,
    editionVersion: edition.version,
    editionHash: edition.hash,
    title: titleOf(edition.body, found.content),
    ...(found.replacesId && !found.note && { note: edition.note }),
  });
  await insertEvent(scope, id, 'refreshed');
  return presentPublication(scope, await getPublication(scope, id));
}

/** Everything anew from the newest version of the template; what people wrote goes. */
export async function rewriteDraft(scope: Scope, { id, draftVersion }: Step): Promise<Publication> {
  const found = await getPublication(scope, id, true);
  assertDraft(found, draftVersion);
  const { body } = await getEdition(scope, found.editionId);
  const { version, template } = await currentTemplate(scope, found.template);
  const content = writeContent(body, template);
  await setDraft(scope, found, { content, title: titleOf(body, content), templateVersion: version });
  await insertEvent(scope, id, 'rewritten');
  return presentPublication(scope, await getPublication(scope, id));
}

export async function discardDraft(scope: Scope, { id, draftVersion }: Step): Promise<Publication> {
  const found = await getPublication(scope, id, true);
  assertDraft(found, draftVersion);
  const shown = await presentPublication(scope, found);
  await setDraft(scope, found, { state: 'discarded' });
  await insertEvent(scope, id, 'discarded');
  audited(scope, { subject: 'publications.publication', id, after: { state: 'discarded' } });
  return { ...shown, state: 'discarded', allowed: [] };
}
