import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { claimFile, openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { isExplanation } from '#modules/filings/server/public.ts';
import { enrolment } from '../contract.ts';
import { ruleFaults, shippedRules } from '../rules.ts';
import { move, setDocument, tell } from './acts.ts';
import { exportOverview } from './export.ts';
import { findFacts, type ProjectFacts } from './facts-store.ts';
import { gapsOf } from './gaps.ts';
import { acceptList, previewList } from './lists.ts';
import { overviewOf } from './overview.ts';
import { noProject, presentEnrolment } from './present.ts';
import { currentRules, insertRules, listRules } from './rules-store.ts';
import { hasFile } from './store.ts';
import { listPairs, putExplanations, putValues } from './value-store.ts';

async function getFacts(scope: Scope, projectId: string, permission: string): Promise<ProjectFacts> {
  const facts = await findFacts(scope, projectId, permission);
  if (!facts) throw noProject();
  return facts;
}

async function rulesPage(scope: Scope) {
  const versions = await listRules(scope);
  return {
    version: versions[0]?.version ?? 0,
    rules: versions[0]?.rules ?? shippedRules,
    versions: versions.map(({ version, reason, actorName, at }) => ({
      version,
      reason,
      actorName,
      at: at.toISOString(),
    })),
    allowed: scope.can('enrolment.configure') ? (['save'] as const).slice() : [],
  };
}

export default defineServerModule(enrolment, {
  handlers: {
    get: (scope, { projectId }) => presentEnrolment(scope, projectId),

    file: async (scope, { projectId, fileId }) => {
      await getFacts(scope, projectId, 'enrolment.read');
      if (!(await hasFile(scope, projectId, fileId))) throw noProject();
      return openFile(scope, fileId);
    },

    setDocument: async (scope, input) => {
      await setDocument(scope, input);
      return presentEnrolment(scope, input.projectId);
    },

    move: async (scope, input) => {
      await move(scope, input);
      return presentEnrolment(scope, input.projectId);
    },

    overview: (scope) => overviewOf(scope),
    gaps: (scope, { period }) => gapsOf(scope, period),
    exportOverview: (scope, { period, language }) => exportOverview(scope, period, language ?? 'zh'),

    setValue: async (scope, { projectId, period, yuan, document, issuedOn, fileId }) => {
      const facts = await getFacts(scope, projectId, 'enrolment.statistics');
      if (issuedOn > scope.today)
        throw invalid(
          'in_the_future',
          { zh: '名单日期晚于今天，请核对', en: 'The day of the list lies ahead' },
          'issuedOn',
        );
      const file = fileId === undefined ? null : await claimFile(scope, fileId);
      const source = { document, issuedOn, fileId: file?.id ?? null, fileName: file?.name ?? null };
      await putValues(scope, source, [{ projectId, period, yuan }]);
      audited(scope, { subject: 'enrolment.value', id: `${projectId}/${period}`, after: { yuan, document, issuedOn } });
      await tell(scope, 'valued', facts, { period });
      return presentEnrolment(scope, projectId);
    },

    explainGap: async (scope, { projectId, period, cause, text }) => {
      const facts = await getFacts(scope, projectId, 'enrolment.edit');
      if (!isExplanation(text))
        throw invalid(
          'explanation_empty',
          {
            zh: '请写清差额的具体原因，不少于 10 个字，不能只写“核实无误”',
            en: 'Say what exactly makes the gap, in at least ten characters; “verified” explains nothing',
          },
          'text',
        );
      const [pair] = await listPairs(scope, await currentRules(scope), { projectIds: [projectId], period });
      if (!pair || pair.gapYuan === null)
        throw invalid(
          'no_gap',
          { zh: `${period} 没有两个口径的数，不用说明`, en: `${period} does not have both figures` },
          'period',
        );
      await putExplanations(scope, [{ projectId, period, cause, text }]);
      audited(scope, {
        subject: 'enrolment.gap',
        id: `${projectId}/${period}`,
        before: pair.explanation,
        after: { cause, text },
      });
      await tell(scope, 'explained', facts, { period });
      return presentEnrolment(scope, projectId);
    },

    readList: (scope, input) => previewList(scope, input),
    acceptList: (scope, input) => acceptList(scope, input),

    rules: (scope) => rulesPage(scope),

    saveRules: async (scope, { basedOn, rules, reason }) => {
      const [fault] = ruleFaults(rules);
      if (fault) throw invalid('rules_contradict', fault.words, fault.field);
      const before = await currentRules(scope);
      const [newest] = await listRules(scope);
      if ((newest?.version ?? 0) !== basedOn || !(await insertRules(scope, basedOn + 1, rules, reason)))
        throw conflict('changed_meanwhile', {
          zh: '其他人刚刚修改了这些规定，请刷新后重试',
          en: 'Somebody else has just changed these rules. Reload and try again',
        });
      audited(scope, { subject: 'enrolment.rules', id: String(basedOn + 1), before, after: rules });
      return rulesPage(scope);
    },
  },
});
