import type { Scope } from '#core/server/scope.ts';
import { lookAt } from './look.ts';
import { listUnseen, seePictures } from './pictures.ts';

/** Looks at some projects now, their pictures first: for set-up and the demonstration; listeners do it by themselves. */
export async function lookAtProjects(scope: Scope, projectIds: readonly string[]): Promise<void> {
  await seePictures(scope, await listUnseen(scope, projectIds, 500));
  await lookAt(scope, projectIds);
}
