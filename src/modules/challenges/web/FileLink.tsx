import { urlOf } from '#core/web/client.ts';
import { challenges } from '../contract.ts';

/** A paper that hangs on the challenge. */
export function FileLink({ id, file }: { id: string; file: { id: string; name: string } | null }) {
  if (!file) return null;
  return (
    <a href={urlOf(challenges, 'file', { id, fileId: file.id })} download>
      {file.name}
    </a>
  );
}
