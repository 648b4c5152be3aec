import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, moment } from '#core/web/ui/format.ts';
import { type EditionHead, editions, type Month } from '../contract.ts';
import { Figures } from './Figures.tsx';
import * as text from './text.ts';

/** Lights, rate and gap of the trial, or of the newest edition where there is no trial since. */
export function MonthResult({
  period,
  trial,
  newest,
}: {
  period: string;
  trial: Month['trial'];
  newest: EditionHead | null;
}) {
  const t = useText(text);
  const api = useClient(editions);
  const sealed = useQuery({
    queryKey: ['editions', 'edition', period, newest?.version],
    queryFn: ({ signal }) => api.edition({ period, version: newest!.version }, { signal }),
    enabled: trial === null && newest !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const body = trial?.body ?? sealed.data?.body;
  if (!body && newest === null)
    return (
      <section className="card">
        <h2>{t.trialTitle}</h2>
        <Empty title={t.noResult} hint={t.noResultHint} />
      </section>
    );
  return (
    <section className="card">
      <h2>
        {trial ? t.trialTitle : t.sealedTitle}{' '}
        <small className="muted">
          {trial ? t.trialSay(count(trial.turn), moment(trial.computedAt)) : newest && t.sealedSay(newest.version)}
        </small>
        {!trial && newest && (
          <Link className="card-link" to={`/editions/${period}/${newest.version}`}>
            {t.columns.open}
          </Link>
        )}
      </h2>
      {body ? <Figures body={body} /> : <p className="page-wait">{t.loading}</p>}
    </section>
  );
}
