import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { fileReply, openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { findEdition } from '#modules/editions/server/public.ts';
import { catalogue } from '../catalogue.ts';
import { publications } from '../contract.ts';
import type { Template } from '../template.ts';
import { shippedTemplates } from '../templates.ts';
import { faultsOf, writeContent } from '../write.ts';
import { createDraft, discardDraft, refreshDraft, rewriteDraft, saveDraft } from './draft-acts.ts';
import { endFeed, feedFile, findFeed, makeFeed } from './feed.ts';
import { phoneOf } from './phone.ts';
import {
  currentTemplate,
  getEdition,
  getPublication,
  imprintOf,
  mayReview,
  newestEditions,
  presentPublication,
  presentRow,
  visibleStates,
} from './present.ts';
import { explain, offered } from './references.ts';
import { release, renderRelease } from './release.ts';
import { fileName, fileTypes, renderProduct } from './render.ts';
import { insertTemplateVersion, listFiles, listPublications, listTemplateVersions } from './store.ts';
import { tellings } from './tell.ts';

const noFile = () => notFound({ zh: '文件', en: 'file' });

/** A template that cannot be written with is refused while who changed it still looks at it. */
async function assertWritable(scope: Scope, template: Template): Promise<void> {
  const [fault] = faultsOf(template);
  if (fault)
    throw invalid(
      'unknown_reference',
      {
        zh: `“${fault.code}”一句引用了不存在的{${fault.name}}`,
        en: `The sentence “${fault.code}” names {${fault.name}}, which does not exist`,
      },
      'template',
    );
  const [period] = [...(await newestEditions(scope)).keys()].sort().reverse();
  const edition = period === undefined ? undefined : await findEdition(scope, { period });
  if (!edition) return;
  try {
    writeContent(edition.body, template);
  } catch (error) {
    throw invalid(
      'template_fails',
      {
        zh: `按这个模板写不出${period}的通报：${(error as Error).message}`,
        en: `The template does not write ${period}: ${(error as Error).message}`,
      },
      'template',
    );
  }
}

async function saveTemplate(
  scope: Scope,
  { basedOn, template, reason }: { basedOn: number; template: Template; reason: string },
): Promise<{ version: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`guatu template ${scope.cityId} ${template.code}`}, 0))`.execute(
    scope.db,
  );
  const now = await currentTemplate(scope, template.code);
  if (now.version !== basedOn)
    throw conflict('changed_meanwhile', {
      zh: '别人刚刚改过这个模板，请刷新看过再改',
      en: 'Somebody has just changed this template: reload and look first',
    });
  await assertWritable(scope, template);
  await insertTemplateVersion(scope, { template, version: basedOn + 1, reason });
  audited(scope, { subject: 'publications.template', id: template.code, after: { version: basedOn + 1, reason } });
  return { version: basedOn + 1 };
}

export default defineServerModule(publications, {
  handlers: {
    list: async (scope, { year = Number(scope.today.slice(0, 4)), template }) => {
      const newest = await newestEditions(scope);
      const rows = await listPublications(scope, { year, template, states: visibleStates(scope) });
      const canWrite = scope.can('publications.write');
      return {
        year,
        rows: rows.map((row) => presentRow(row, newest)),
        periods: canWrite
          ? [...newest].map(([period, version]) => ({ period, version })).sort((a, b) => (a.period < b.period ? 1 : -1))
          : [],
        templates: shippedTemplates.map(({ code, name }) => ({ code, name })),
        allowed: [
          ...(canWrite ? (['create'] as const) : []),
          ...(scope.can('publications.configure') ? (['configure'] as const) : []),
        ],
      };
    },
    create: async (scope, input) => ({ id: await createDraft(scope, input) }),
    get: async (scope, { id }) => presentPublication(scope, await getPublication(scope, id)),
    save: saveDraft,
    refresh: refreshDraft,
    rewrite: rewriteDraft,
    discard: discardDraft,
    release,
    reference: async (scope, { id, query, format }) => {
      const found = await getPublication(scope, id);
      const { body } = await getEdition(scope, found.editionId);
      const answer = explain(found, body, query, format);
      // Published tables are everybody's; a list of other units' projects, cell by cell, is not.
      return mayReview(scope) ? answer : { ...answer, rows: answer.rows.filter((row) => row.projectId === null) };
    },
    catalogue: async (scope, { id }) => {
      const found = await getPublication(scope, id);
      return offered((await getEdition(scope, found.editionId)).body);
    },
    phone: async (scope, { id }) => {
      const found = await getPublication(scope, id);
      return phoneOf((await getEdition(scope, found.editionId)).body, found);
    },
    file: async (scope, { id, product }) => {
      const found = await getPublication(scope, id);
      const file = (await listFiles(scope, found.id)).find((one) => one.product === product);
      if (!file) throw noFile();
      const kept = await openFile(scope, file.fileId);
      return fileReply({ ...kept, name: file.name, type: fileTypes[product].type });
    },
    preview: async (scope, { id, product }) => {
      const found = await getPublication(scope, id);
      const { body } = await getEdition(scope, found.editionId);
      const imprint = await imprintOf(scope, found, body);
      const bytes = await renderProduct(scope, product, body, found.content, imprint);
      const name = found.state === 'released' ? found.title : `${found.title}（草稿）`;
      return fileReply({ name: fileName(name, found.issue, product), type: fileTypes[product].type, body: bytes });
    },
    templates: async (scope) => {
      const own = await listTemplateVersions(scope);
      return {
        rows: shippedTemplates.map((shipped) => {
          const versions = own.filter(({ code }) => code === shipped.code);
          return {
            code: shipped.code,
            version: versions[0]?.version ?? 0,
            template: versions[0]?.template ?? shipped,
            versions: versions.map(({ version, reason, byName, at }) => ({
              version,
              reason,
              byName,
              at: at.toISOString(),
            })),
          };
        }),
        names: catalogue.map(({ code, words }) => ({ code, words })),
        allowed: scope.can('publications.configure') ? (['configure'] as const).slice() : [],
      };
    },
    saveTemplate,
    feed: (scope) => findFeed(scope),
    makeFeed: (scope) => makeFeed(scope),
    endFeed: (scope) => endFeed(scope),
    feedFile,
  },
  on: tellings,
  jobs: { render: renderRelease },
});
