import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FeedDialog } from '#core/web/ui/FeedDialog.tsx';
import { ledger } from '../contract.ts';
import * as text from './list-text.ts';

/** Due days of one's matters for a calendar. */
export function MatterFeed({ onClose }: { onClose: () => void }) {
  const t = useText(text).feedDialog;
  const api = useClient(ledger);
  return (
    <FeedDialog
      title={t.title}
      hint={t.hint}
      queryKey={['ledger', 'feed']}
      read={(signal) => api.feed({}, { signal })}
      make={async () => [{ label: t.address, path: (await api.makeFeed({})).path }]}
      end={() => api.endFeed({})}
      onClose={onClose}
    />
  );
}
