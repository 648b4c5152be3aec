import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import { keys, useRefreshIdentity } from './queries.ts';
import { SessionTable } from './SessionTable.tsx';
import * as text from './text.ts';

export function MySessions() {
  const t = useText(text).sessions;
  const api = useClient(identity);
  const { message } = App.useApp();
  const refresh = useRefreshIdentity();
  const sessions = useQuery({ queryKey: keys.sessions, queryFn: ({ signal }) => api.sessions({}, { signal }) });
  const end = useMutation({ mutationFn: (id: string) => api.endSession({ id }), onSettled: refresh });
  const endOthers = useMutation({
    mutationFn: () => api.endOtherSessions(),
    onSuccess: ({ ended }) => void message.success(t.ended(ended)),
    onSettled: refresh,
  });
  const error = sessions.error ?? end.error ?? endOthers.error;
  const hasOthers = (sessions.data ?? []).some((session) => !session.isCurrent);
  return (
    <section className="card">
      <h2>{t.title}</h2>
      {error && <ProblemView compact error={error} />}
      {sessions.data && <SessionTable sessions={sessions.data} onEnd={(id) => end.mutate(id)} />}
      {hasOthers && (
        <div className="row">
          <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t.endOthers}
          </Button>
        </div>
      )}
    </section>
  );
}
