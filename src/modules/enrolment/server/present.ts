import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { eventsFrom } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import { isWithinReach } from '#modules/projects/server/public.ts';
import { checklistOf, type DocumentKind, type Facts, type HeldDocument, noFacts } from '../checklist.ts';
import type { Enrolment } from '../contract.ts';
import { type CrossFinding, crossFindings } from '../cross-check.ts';
import { enrolmentFlow, eventPermission } from '../flow.ts';
import { daysSinceStart, lampDays } from '../lamp.ts';
import { formFor } from '../rules.ts';
import { enrolledCodeOf } from './enrolled-code.ts';
import { findFacts, type ProjectFacts, positionOf } from './facts-store.ts';
import { currentRules } from './rules-store.ts';
import { type DocumentRow, listDocuments, listEvents } from './store.ts';
import { listPairs } from './value-store.ts';

export const noProject = () => notFound({ zh: '项目', en: 'project' });

export const held = (rows: readonly DocumentRow[]): HeldDocument[] =>
  rows.map((d) => ({ kind: d.kind, hasFile: d.fileId !== null, isOnPaper: d.isOnPaper, facts: d.facts }));

/** The five comparisons over the papers of one project. */
export function findingsOf(rows: readonly DocumentRow[], facts: ProjectFacts): CrossFinding[] {
  const of = (kind: DocumentKind): Facts => rows.find((d) => d.kind === kind)?.facts ?? noFacts;
  return crossFindings({
    approval: of('approval'),
    contract: of('contract'),
    application: of('application'),
    environment: of('environment'),
    register: { ownerName: facts.ownerName, totalYuan: facts.totalYuan },
  });
}

const fileOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

/** Everything the page of a project shows. @throws Problem 404 out of reach */
export async function presentEnrolment(scope: Scope, projectId: string): Promise<Enrolment> {
  const facts = await findFacts(scope, projectId);
  if (!facts) throw noProject();
  const rules = await currentRules(scope);
  const { state, lamp } = positionOf(facts, rules, scope.today);
  const documents = await listDocuments(scope, [projectId]);
  const seesPhone = scope.can('enrolment.edit');
  const can = (permission: string) => scope.can(permission) && isWithinReach(scope, permission, facts);
  const year = yearOf(scope.today);
  return {
    projectId,
    version: facts.version,
    state,
    startedOn: facts.startActual,
    daysSinceStart: daysSinceStart(facts.startActual, scope.today),
    lamp,
    lampDays: state === 'enrolled' || state === 'notRequired' ? null : lampDays(facts.startActual, rules),
    lampSource: rules.lampSource,
    totalYuan: facts.totalYuan,
    form: state === 'notRequired' ? null : formFor(rules, facts.totalYuan, year),
    enrolledOn: facts.enrolledOn,
    enrolledCode: facts.enrolled ? await enrolledCodeOf(scope, projectId) : null,
    documents: checklistOf(held(documents), facts.totalYuan, rules).map((item) => {
      const row = documents.find((d) => d.kind === item.kind);
      const shown = row?.facts ?? noFacts;
      return {
        ...item,
        file: row ? fileOf(row.fileId, row.fileName) : null,
        isOnPaper: row?.isOnPaper ?? false,
        facts: seesPhone || shown.verifierPhone === null ? shown : { ...shown, verifierPhone: '…' },
        codeDoubt: shown.creditCode === null ? null : codeDoubt(shown.creditCode),
        version: row?.version ?? 0,
        changedAt: row?.changedAt.toISOString() ?? null,
        changedByName: row?.changedByName ?? null,
      };
    }),
    findings: findingsOf(documents, facts),
    months: await listPairs(scope, rules, { projectIds: [projectId], year }),
    events: (await listEvents(scope, projectId)).map(({ projectId: _, onDay, fileId, fileName, at, ...event }) => ({
      ...event,
      at: at.toISOString(),
      on: onDay,
      file: fileOf(fileId, fileName),
    })),
    allowed: [
      ...eventsFrom(enrolmentFlow, state).filter((event) => can(eventPermission[event])),
      ...(can('enrolment.edit') ? (['document', 'explain'] as const) : []),
      ...(can('enrolment.statistics') ? (['value'] as const) : []),
    ],
  };
}

/** A code that only fails its check character is in use somewhere, so it is told and kept (GB 32100—2015). */
function codeDoubt(code: string): Words | null {
  const check = checkCreditCode(code);
  return check.state === 'failsCheck'
    ? {
        zh: `末位校验码应为“${check.expected}”${check.innerHolds ? '，主体标识码无误' : ''}，请对照证照核对`,
        en: `The last character should be “${check.expected}”${check.innerHolds ? '; the inner code holds' : ''}: check it against the certificate`,
      }
    : null;
}
