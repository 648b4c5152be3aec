import type { Scope } from '#core/server/scope.ts';
import { getProject } from '#modules/projects/server/public.ts';

/** 入统代码 as the register keeps it. @throws Problem 404 out of reach */
export const enrolledCodeOf = async (scope: Scope, projectId: string): Promise<string | null> =>
  (await getProject(scope, projectId, 'enrolment.read')).enrolledCode;
