import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { challenges } from '../contract.ts';
import { moveWords, sideWords, stateWords } from '../flow.ts';
import type { ChallengeView } from '../shapes.ts';
import { actWords } from '../words.ts';
import { Acts } from './Acts.tsx';
import { Marks, StateTag, WayBar } from './Bar.tsx';
import { BidsCard } from './BidsCard.tsx';
import { PledgeCard } from './PledgeCard.tsx';
import { figureOf, keys, topics } from './show.ts';
import { TermsCard } from './TermsCard.tsx';
import { TrackCard } from './TrackCard.tsx';
import * as text from './text.ts';
import { VerdictCard } from './VerdictCard.tsx';
import './challenges.css';

/** `/challenges/:id`: the whole course of one challenge, as much of it as the reader is a party to. */
export function ChallengePage() {
  const t = useText(text);
  const api = useClient(challenges);
  const { id = '' } = useParams();
  const found = useQuery({ queryKey: keys.one(id), queryFn: ({ signal }) => api.challenge({ id }, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  const c = found.data;
  if (!c)
    return (
      <>
        <PageHead title={t.title} />
        <div className="page-body">
          {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        </div>
      </>
    );
  const isParty = c.relation === 'inside' || c.relation === 'taker';
  return (
    <>
      <PageHead
        title={c.title}
        mark={<StateTag state={c.state} />}
        crumbs={
          <>
            <Link to="/challenges">{t.back}</Link> / {c.batchTitle} / {c.no}{' '}
            {c.demo && <span className="tag">{t.demo}</span>}
          </>
        }
      >
        <span>
          {t.owner} {c.owner.name}
        </span>
        <span>
          {t.verifier} {c.verifier?.name ?? '—'}
        </span>
        <span>
          {t.taker} {c.takers.length > 0 ? c.takers.join(t.listSign) : t.noTaker}
        </span>
        <span>
          {t.due} {c.dueOn ?? '—'}
        </span>
      </PageHead>
      <div className="page-body chl chl-page">
        <div className="chl-main">
          <section className="card">
            <h2>{c.metric.name || t.metric}</h2>
            {isParty && c.signedOn ? (
              <WayBar card={c} />
            ) : (
              <p className="chl-figures">
                <span>
                  {t.baseline} <b>{figureOf(c, c.baseline)}</b>
                </span>
                <span>
                  {t.target}{' '}
                  <b>
                    {c.target ?? '—'} {c.metric.unit}
                  </b>
                </span>
              </p>
            )}
            <p className="chl-foot">
              <Marks card={c} />
            </p>
          </section>
          {isParty && c.signedOn && <TrackCard challenge={c} />}
          {isParty && <VerdictCard challenge={c} />}
          {isParty && (c.pledges.length > 0 || c.baselines.length > 0) && <PledgeCard challenge={c} />}
          <TermsCard challenge={c} />
          {(c.relation === 'inside' || c.bids.length > 0 || c.objections.length > 0) && c.publishedOn && (
            <BidsCard challenge={c} />
          )}
        </div>
        <div className="chl-side">
          <Acts challenge={c} />
          {c.events.length > 0 && <CourseCard challenge={c} />}
        </div>
      </div>
    </>
  );
}

function CourseCard({ challenge }: { challenge: ChallengeView }) {
  const t = useText(text);
  const words = useWords();
  const nameOf = (act: string) => {
    const known = actWords[act] ?? (moveWords as Record<string, { zh: string; en: string }>)[act];
    return known ? words(known) : act;
  };
  return (
    <section className="card">
      <h2>{t.course}</h2>
      <ol className="chl-course">
        {challenge.events.toReversed().map((event) => (
          <li key={event.id}>
            <b>{nameOf(event.act)}</b>
            {event.fromState !== event.toState && <span className="tag">{words(stateWords[event.toState])}</span>}
            <small className="muted">
              {event.on} · {event.actorName}
              {event.side !== 'other' && `（${words(sideWords[event.side])}）`}
            </small>
            {event.text && <p>{event.text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
