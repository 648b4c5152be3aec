import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { ledger } from '../contract.ts';
import * as text from './list-text.ts';

const key = ['ledger', 'feed'] as const;

/** The address is shown once, when it is made: the server keeps only its hash. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text).feedDialog;
  const api = useClient(ledger);
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
  const address = make.data && new URL(make.data.path, location.origin).href;
  const madeAt = feed.data?.madeAt;
  return (
    <Modal
      open
      title={t.title}
      onCancel={onClose}
      width={480}
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
      {feed.error ? (
        <ProblemView error={feed.error} onRetry={reread} />
      ) : address ? (
        <div className="ml-address">
          <Input readOnly aria-label={t.address} value={address} onFocus={(event) => event.target.select()} />
          <Button
            onClick={async () => {
              await navigator.clipboard.writeText(address);
              void message.success(t.copied);
            }}
          >
            {t.copy}
          </Button>
        </div>
      ) : (
        <p>{madeAt ? t.made(moment(madeAt)) : t.none}</p>
      )}
    </Modal>
  );
}
