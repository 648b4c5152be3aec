import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Notice, notices } from '../contract.ts';
import { noticeKindWords } from '../rules.ts';
import { NoticeTabs } from './NoticeTabs.tsx';
import './notices.css';
import * as text from './text.ts';

const pageSize = 50;

/** What a person was told, newest first. Opening one opens its page and marks it as read. */
export function InboxPage() {
  const t = useText(text);
  const api = useClient(notices);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const isUnread = params.get('show') === 'unread';
  const inbox = useInfiniteQuery({
    queryKey: ['notices', 'inbox', isUnread],
    queryFn: ({ pageParam, signal }) =>
      api.inbox(
        { ...(isUnread && { unread: 'true' as const }), ...(pageParam && { before: pageParam }), limit: pageSize },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => (last.notices.length === pageSize ? last.notices.at(-1)!.at : undefined),
  });
  useLiveRefetch(['filings.*', 'notices.*'], [['notices']]);
  const read = useMutation({
    mutationFn: (ids?: string[]) => api.read(ids ? { ids } : {}),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['notices'] }),
  });
  const open = (notice: Notice) => {
    if (notice.readAt === null) read.mutate([notice.id]);
    void navigate(notice.link);
  };
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  const list = inbox.data?.pages.flatMap((page) => page.notices) ?? [];
  return (
    <>
      <PageHead
        title={t.title}
        note={inbox.data && (unread > 0 ? t.unread(count(unread)) : t.allRead)}
        actions={
          unread > 0 && (
            <Button loading={read.isPending} onClick={() => read.mutate(undefined)}>
              {t.markAll}
            </Button>
          )
        }
      />
      <NoticeTabs />
      <div className="page-body inbox">
        <div className="group-by">
          {[false, true].map((only) => (
            <button
              key={String(only)}
              type="button"
              className={only === isUnread ? 'chip on' : 'chip'}
              aria-pressed={only === isUnread}
              onClick={() => setParams(only ? { show: 'unread' } : {}, { replace: true })}
            >
              {only ? t.onlyUnread : t.all}
            </button>
          ))}
        </div>
        {inbox.error && <ProblemView error={inbox.error} onRetry={() => void inbox.refetch()} />}
        {inbox.data && list.length === 0 && <p className="muted">{t.none}</p>}
        <ul>
          {list.map((notice) => (
            <Line key={notice.id} notice={notice} onOpen={() => open(notice)} />
          ))}
        </ul>
        {inbox.hasNextPage && (
          <Button loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {t.more}
          </Button>
        )}
      </div>
    </>
  );
}

function Line({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const t = useText(text);
  const words = useWords();
  return (
    <li className={notice.readAt === null ? 'new' : ''}>
      <button type="button" onClick={onOpen}>
        <span className="kind">
          {words(noticeKindWords[notice.kind])}
          {notice.isUrgent && <em className="late">{t.urgent}</em>}
        </span>
        <b>{words(notice.title)}</b>
        <span className="said">{words(notice.body)}</span>
        <time dateTime={notice.at}>{moment(notice.at)}</time>
      </button>
    </li>
  );
}
