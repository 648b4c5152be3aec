import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { scores } from '../contract.ts';
import * as text from './text.ts';

/** Opens the first scheme of the newest year; without one, says who makes them. */
export function ScoresPage() {
  const t = useText(text);
  const api = useClient(scores);
  const [search] = useSearchParams();
  const year = search.get('year');
  const list = useQuery({
    queryKey: ['scores', 'list', year],
    queryFn: ({ signal }) => api.list(year ? { year } : {}, { signal }),
  });
  const first = list.data?.schemes[0];
  if (first) return <Navigate to={`/scores/${first.id}`} replace />;
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          list.data?.canManage && (
            <Link to="/scores/new">
              <Button type="primary">{t.create}</Button>
            </Link>
          )
        }
      />
      <div className="page-body">
        {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && <Empty title={t.none} hint={list.data.canManage ? t.noneHelp : t.noneForUnit} />}
      </div>
    </>
  );
}
