import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FeedDialog } from '#core/web/ui/FeedDialog.tsx';
import { publications } from '../contract.ts';
import * as text from './text.ts';

/** Released bulletins for a feed reader, in both forms. */
export function BulletinFeed({ onClose }: { onClose: () => void }) {
  const t = useText(text).feed;
  const api = useClient(publications);
  return (
    <FeedDialog
      title={t.title}
      hint={t.hint}
      queryKey={['publications', 'feed']}
      read={(signal) => api.feed({}, { signal })}
      make={async () => {
        const { rss, json } = await api.makeFeed({});
        return [
          { label: t.rss, path: rss },
          { label: t.json, path: json },
        ];
      }}
      end={() => api.endFeed({})}
      onClose={onClose}
    />
  );
}
