import { notFound } from '#core/server/errors.ts';
import { type FileReply, openFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { presentChallenge } from './present.ts';

/** A file that hangs on what the reader sees of the challenge. @throws Problem 404 */
export async function attachedFile(scope: Scope, { id, fileId }: { id: string; fileId: string }): Promise<FileReply> {
  const view = await presentChallenge(scope, { id });
  const seen = [
    view.review?.file,
    ...view.bids.map((one) => one.file),
    ...view.values.map((one) => one.file),
    ...view.milestones.map((one) => one.file),
    ...view.rulings.map((one) => one.file),
  ];
  if (!seen.some((file) => file?.id === fileId)) throw notFound({ zh: '附件', en: 'file' });
  return openFile(scope, fileId);
}
