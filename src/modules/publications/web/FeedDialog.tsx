import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { publications } from '../contract.ts';
import * as text from './text.ts';

const key = ['publications', 'feed'] as const;

/** The addresses are shown once, when they are made: the server keeps only their hash. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text).feed;
  const api = useClient(publications);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const feed = useQuery({ queryKey: key, queryFn: ({ signal }) => api.feed({}, { signal }) });
  const reread = () => void cache.invalidateQueries({ queryKey: key });
  const fail = (error: unknown) => void message.error(sentenceOf(error));
  const make = useMutation({ mutationFn: () => api.makeFeed({}), onSuccess: reread, onError: fail });
  const end = useMutation({
    mutationFn: () => api.endFeed({}),
    onSuccess: () => {
      make.reset();
      void message.success(t.ended);
      reread();
    },
    onError: fail,
  });
  const madeAt = feed.data?.madeAt;
  const addresses =
    make.data &&
    ([
      [t.rss, make.data.rss],
      [t.json, make.data.json],
    ] as const);
  return (
    <Modal
      open
      title={t.title}
      onCancel={onClose}
      width={520}
      footer={
        <>
          {madeAt && (
            <Button danger loading={end.isPending} onClick={() => end.mutate()}>
              {t.end}
            </Button>
          )}
          <Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
            {madeAt ? t.remake : t.make}
          </Button>
        </>
      }
    >
      <p className="soft">{t.hint}</p>
      {feed.error && <ProblemView error={feed.error} onRetry={reread} />}
      {madeAt && !addresses && <p>{t.madeAt(moment(madeAt))}</p>}
      {addresses?.map(([label, path]) => {
        const address = new URL(path, location.origin).href;
        return (
          <div key={label} className="pub-address">
            <Input
              readOnly
              aria-label={label}
              addonBefore={label}
              value={address}
              onFocus={(event) => event.target.select()}
            />
            <Button
              onClick={async () => {
                await navigator.clipboard.writeText(address);
                void message.success(t.copied);
              }}
            >
              {t.copy}
            </Button>
          </div>
        );
      })}
    </Modal>
  );
}
