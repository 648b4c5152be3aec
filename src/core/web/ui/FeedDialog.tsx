import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useText } from '../text.ts';
import { moment } from './format.ts';
import { ProblemView, sentenceOf } from './Problem.tsx';
import * as text from './text.ts';

export interface FeedDialogProps {
  title: string;
  /** What the address brings, and that it must not be passed on. */
  hint: string;
  queryKey: readonly string[];
  read: (signal: AbortSignal) => Promise<{ madeAt: string | null }>;
  /** Makes addresses in the place of older ones; each with its name, the path on this server. */
  make: () => Promise<readonly { label: string; path: string }[]>;
  end: () => Promise<unknown>;
  onClose: () => void;
}

/** One's own address of a calendar or a feed. It is shown once, when it is made: the server keeps only its hash. */
export function FeedDialog({ title, hint, queryKey, read, make, end, onClose }: FeedDialogProps) {
  const t = useText(text).feed;
  const cache = useQueryClient();
  const { message } = App.useApp();
  const feed = useQuery({ queryKey, queryFn: ({ signal }) => read(signal) });
  const reread = () => void cache.invalidateQueries({ queryKey });
  const fail = (error: unknown) => void message.error(sentenceOf(error));
  const making = useMutation({ mutationFn: make, onSuccess: reread, onError: fail });
  const ending = useMutation({
    mutationFn: end,
    onSuccess: () => {
      making.reset();
      void message.success(t.ended);
      reread();
    },
    onError: fail,
  });
  const copy = async (address: string) => {
    await navigator.clipboard.writeText(address);
    void message.success(t.copied);
  };
  const madeAt = feed.data?.madeAt;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      width={520}
      footer={
        <>
          {madeAt && (
            <Button danger loading={ending.isPending} onClick={() => ending.mutate()}>
              {t.end}
            </Button>
          )}
          <Button type="primary" loading={making.isPending} onClick={() => making.mutate()}>
            {madeAt ? t.remake : t.make}
          </Button>
        </>
      }
    >
      <p className="soft">{hint}</p>
      {feed.error ? (
        <ProblemView error={feed.error} onRetry={reread} />
      ) : making.data ? (
        making.data.map(({ label, path }) => {
          const address = new URL(path, location.origin).href;
          return (
            <div key={label} className="feed-address">
              <span className="soft">{label}</span>
              <Input readOnly aria-label={label} value={address} onFocus={(event) => event.target.select()} />
              <Button aria-label={`${t.copy} ${label}`} onClick={() => void copy(address)}>
                {t.copy}
              </Button>
            </div>
          );
        })
      ) : (
        feed.data && <p>{madeAt ? t.made(moment(madeAt)) : t.none}</p>
      )}
    </Modal>
  );
}
