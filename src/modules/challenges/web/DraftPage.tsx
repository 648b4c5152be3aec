import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { challenges } from '../contract.ts';
import { DraftForm } from './DraftForm.tsx';
import { keys } from './show.ts';
import * as text from './text.ts';
import './challenges.css';

/** `/challenges/new` and `/challenges/:id/edit`: the terms before they are published. */
export function DraftPage() {
  const t = useText(text);
  const api = useClient(challenges);
  const { id } = useParams();
  const known = useQuery({
    queryKey: keys.one(id ?? ''),
    queryFn: ({ signal }) => api.challenge({ id: id! }, { signal }),
    enabled: id !== undefined,
  });
  const list = useQuery({ queryKey: [...keys.all, 'list', {}], queryFn: ({ signal }) => api.list({}, { signal }) });
  const error = known.error ?? list.error;
  const isThere = list.data !== undefined && (id === undefined || known.data !== undefined);
  return (
    <>
      <PageHead
        title={id === undefined ? t.newChallenge : t.actNames.edit}
        crumbs={<Link to="/challenges">{t.back}</Link>}
      />
      <div className="page-body chl">
        {error && <ProblemView error={error} />}
        {isThere && (
          <DraftForm
            batches={list.data.batches.filter((batch) => batch.canPublish)}
            {...(known.data && { challenge: known.data })}
          />
        )}
      </div>
    </>
  );
}
