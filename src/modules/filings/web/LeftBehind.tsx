import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import type { FilingContent } from '../content.ts';
import type { Filing } from '../contract.ts';
import { mergeDrafts } from '../merge.ts';
import { useSaid } from './ConflictPanel.tsx';
import { dropDraft, findDraft } from './device-draft.ts';
import { forgetPhoto } from './held-photos.ts';
import { keys } from './keys.ts';
import * as offline from './offline-text.ts';
import { dropWaiting } from './outbox.ts';
import { useAccountId, useWaiting } from './use-outbox.ts';

/**
 * Something was written here without a line, and meanwhile somebody else submitted the filing. What was written is shown
 * beside what was submitted; it goes only when the person says so.
 */
export function LeftBehind({ filing }: { filing: Filing }) {
  const o = useText(offline);
  const confirm = useConfirm();
  const cache = useQueryClient();
  const accountId = useAccountId();
  const { label, said } = useSaid();
  const waiting = useWaiting().find((w) => w.filingId === filing.id);
  const found = useQuery({
    queryKey: [...keys.device, 'left', accountId, filing.id, waiting?.key ?? ''],
    queryFn: () => findDraft(accountId, filing.id),
    staleTime: 0,
  });
  const mine = waiting ?? found.data;
  const version = filing.versions.find((v) => v.seq === filing.seq);
  // On its way: the outbox finds out by itself.
  if (!mine || !version || (waiting && !waiting.refused)) return null;
  const differing = mergeDrafts(null, mine.content, version.content).clashes;
  if (differing.length === 0 && mine.held.length === 0) return null;
  const drop = async () => {
    if (!(await confirm({ title: o.left.dropAsk, danger: true, ok: o.left.drop }))) return;
    for (const photo of mine.held) await forgetPhoto(photo.key);
    await dropWaiting(accountId, filing.id);
    await dropDraft(accountId, filing.id);
    await cache.invalidateQueries({ queryKey: keys.device });
  };
  const value = (content: FilingContent, some: readonly (keyof FilingContent)[]) =>
    some
      .filter((key) => key !== 'unchanged' || some.length === 1)
      .map((key) => said(content, key))
      .join(' / ');
  return (
    <section className="ff-conflict" aria-label={o.left.title}>
      <h2>{o.left.title}</h2>
      <p>{o.left.hint}</p>
      <table className="plain">
        <thead>
          <tr>
            <th />
            <th>{o.clash.mine}</th>
            <th>{o.left.filed}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map(({ keys: some }) => (
            <tr key={some[0]}>
              <th scope="row">{label(some)}</th>
              <td>{value(mine.content, some)}</td>
              <td>{value(version.content, some)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="ff-choose" onClick={() => void drop()}>
        {o.left.drop}
      </button>
    </section>
  );
}
