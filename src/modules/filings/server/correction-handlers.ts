import { notFound } from '#core/server/errors.ts';
import { openFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { getProject } from '#modules/projects/server/public.ts';
import type { correctionEndpoints } from '../correction-contract.ts';
import { decideCorrection, listLines, noCorrection, requestCorrection } from './correction.ts';
import { listCorrectable, listPlacedCorrections } from './correction-store.ts';
import { changeRule, listRules } from './rules.ts';

type Endpoints = typeof correctionEndpoints;
const mayChange = (scope: Scope) => (scope.can('filings.rules') ? ['change' as const] : []);

/** The endpoints of correction-contract.ts. */
export const correctionHandlers = {
  corrections: async (scope: Scope, filter: ParsedOf<Endpoints['corrections']>) => {
    if (filter.projectId !== undefined) await getProject(scope, filter.projectId, 'filings.read');
    const mayAsk = filter.projectId !== undefined && scope.can('filings.requestCorrection');
    return {
      corrections: await listLines(scope, filter),
      correctable: mayAsk ? await listCorrectable(scope, filter.projectId!) : [],
    };
  },
  requestCorrection,
  decideCorrection,
  correctionDocument: async (scope: Scope, { id }: ParsedOf<Endpoints['correctionDocument']>) => {
    const [row] = await listPlacedCorrections(scope, 'filings.read', { id });
    if (!row) throw noCorrection();
    if (row.documentFileId === null) throw notFound({ zh: '文件', en: 'file' });
    return { ...(await openFile(scope, row.documentFileId)), name: row.documentName! };
  },
  rules: async (scope: Scope) => ({ rules: await listRules(scope), allowed: mayChange(scope) }),
  changeRule: async (scope: Scope, input: ParsedOf<Endpoints['changeRule']>) => ({
    rules: await changeRule(scope, input),
    allowed: mayChange(scope),
  }),
};
