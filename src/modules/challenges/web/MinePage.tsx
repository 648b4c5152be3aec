import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { challenges } from '../contract.ts';
import type { ChallengeCard } from '../shapes.ts';
import { Acts } from './Acts.tsx';
import { Marks, StateTag, WayBar } from './Bar.tsx';
import { keys, topics } from './show.ts';
import * as text from './text.ts';
import './challenges.css';

const isOver = (card: ChallengeCard) =>
  ['rewarded', 'excused', 'exited', 'withdrawn', 'lapsed'].includes(card.state) || card.relation === 'public';

/** `/challenges/mine`: on a phone, what a taker has to do: one card for each challenge with its buttons under it. */
export function MinePage() {
  const t = useText(text);
  const api = useClient(challenges);
  const found = useQuery({
    queryKey: [...keys.all, 'mine'],
    queryFn: ({ signal }) => api.list({ mine: 'true' }, { signal }),
  });
  useLiveRefetch(topics, [keys.all]);
  const cards = (found.data?.cards ?? []).filter((card) => !isOver(card));
  return (
    <>
      <PageHead title={t.mineTitle} crumbs={<Link to="/challenges">{t.back}</Link>} />
      <div className="page-body chl chl-mine">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && cards.length === 0 && <Empty title={t.mineNone} />}
        {cards.map((card) => (
          <MyChallenge key={card.id} card={card} />
        ))}
      </div>
    </>
  );
}

function MyChallenge({ card }: { card: ChallengeCard }) {
  const t = useText(text);
  const api = useClient(challenges);
  const found = useQuery({
    queryKey: keys.one(card.id),
    queryFn: ({ signal }) => api.challenge({ id: card.id }, { signal }),
  });
  return (
    <article className="chl-one">
      <section className="card">
        <div className="chl-head">
          <h2>{card.title}</h2>
          <StateTag state={card.state} />
        </div>
        <p className="muted">
          {card.no} · {t.due} {card.dueOn ?? '—'} {card.demo && `· ${t.demo}`}
        </p>
        {card.relation !== 'bidder' && card.relation !== 'support' && <WayBar card={card} />}
        <p className="chl-foot">
          <Marks card={card} />
          <Link to={`/challenges/${card.id}`}>{t.open}</Link>
        </p>
      </section>
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Acts challenge={found.data} />}
    </article>
  );
}
