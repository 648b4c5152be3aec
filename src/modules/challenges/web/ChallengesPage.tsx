import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { challenges } from '../contract.ts';
import { type ChallengeState, stateWords } from '../flow.ts';
import type { BatchView, ChallengeCard } from '../shapes.ts';
import { Marks, StateTag, WayBar } from './Bar.tsx';
import { BatchForm } from './BatchForm.tsx';
import { figureOf, keys, topics } from './show.ts';
import * as text from './text.ts';
import './challenges.css';

/** `/challenges`: every batch with its cards. */
export function ChallengesPage() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(challenges);
  const navigate = useNavigate();
  const [state, setState] = useState<ChallengeState | undefined>();
  const [isMine, setMine] = useState(false);
  const [q, setQ] = useState('');
  const [form, setForm] = useState<BatchView | 'new' | null>(null);
  const filter = { ...(state && { state }), ...(isMine && { mine: 'true' }), ...(q.trim() && { q: q.trim() }) };
  const found = useQuery({
    queryKey: [...keys.all, 'list', filter],
    queryFn: ({ signal }) => api.list(filter, { signal }),
    placeholderData: keepPreviousData,
  });
  useLiveRefetch(topics, [keys.all]);
  const { batches = [], cards = [], states = [], allowed = [] } = found.data ?? {};
  const isFiltered = Object.keys(filter).length > 0;
  const link = (format: 'xlsx' | 'docx' | 'pdf') => urlOf(challenges, 'table', { ...filter, format, lang: language });
  return (
    <>
      <PageHead
        title={t.title}
        note={t.countOf(cards.length)}
        actions={
          <>
            <Link to="/challenges/mine">{t.myWork}</Link>
            <Dropdown
              menu={{
                items: (['xlsx', 'docx', 'pdf'] as const).map((format) => ({
                  key: format,
                  label: (
                    <a href={link(format)} download>
                      {{ xlsx: 'Excel', docx: 'Word', pdf: 'PDF' }[format]}
                    </a>
                  ),
                })),
              }}
            >
              <Button>{t.export}</Button>
            </Dropdown>
            {allowed.includes('publish') && <Button onClick={() => setForm('new')}>{t.newBatch}</Button>}
            {batches.some((batch) => batch.canPublish) && (
              <Button type="primary" onClick={() => void navigate('/challenges/new')}>
                {t.newChallenge}
              </Button>
            )}
          </>
        }
      />
      <div className="page-body chl">
        <div className="chips">
          <button
            type="button"
            className={state === undefined ? 'chip on' : 'chip'}
            onClick={() => setState(undefined)}
          >
            {t.all}
          </button>
          {states.map((one) => (
            <button
              key={one.state}
              type="button"
              className={state === one.state ? 'chip on' : 'chip'}
              aria-pressed={state === one.state}
              onClick={() => setState(state === one.state ? undefined : one.state)}
            >
              {words(stateWords[one.state])} {one.n}
            </button>
          ))}
          <button
            type="button"
            className={isMine ? 'chip on' : 'chip'}
            aria-pressed={isMine}
            onClick={() => setMine(!isMine)}
          >
            {t.mine}
          </button>
          <Input.Search
            className="chl-search"
            placeholder={t.search}
            aria-label={t.search}
            allowClear
            onSearch={setQ}
          />
        </div>
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && batches.length === 0 && (
          <Empty title={isFiltered ? t.noneFound : t.none} {...(!isFiltered && { hint: t.noneHint })} />
        )}
        {batches.map((batch) => (
          <Batch
            key={batch.id}
            batch={batch}
            cards={cards.filter((card) => card.batchId === batch.id)}
            onEdit={() => setForm(batch)}
          />
        ))}
      </div>
      {form && <BatchForm {...(form !== 'new' && { batch: form })} onClose={() => setForm(null)} />}
    </>
  );
}

function Batch({ batch, cards, onEdit }: { batch: BatchView; cards: readonly ChallengeCard[]; onEdit: () => void }) {
  const t = useText(text);
  const isUntouched = cards.every((card) => card.state === 'draft');
  return (
    <section className="chl-batch" aria-label={batch.title}>
      <header>
        <h2>
          {batch.title} {batch.demo && <span className="tag">{t.demo}</span>}
        </h2>
        <p className="muted">
          {batch.year} · {batch.publisher.name} · {batch.isSingleAward ? t.single : t.many} ·{' '}
          {t.publicTo[batch.audience]}
          {batch.canPublish && isUntouched && (
            <>
              {' · '}
              <button type="button" className="chl-link" onClick={onEdit}>
                {t.editBatch}
              </button>
            </>
          )}
        </p>
        {batch.source && (
          <p className="muted">
            {t.source}：{batch.source}
          </p>
        )}
      </header>
      <ul className="chl-cards">
        {cards.map((card) => (
          <li key={card.id}>
            <Card card={card} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Card({ card }: { card: ChallengeCard }) {
  const t = useText(text);
  const isOpen = card.state === 'published' || card.state === 'draft';
  return (
    <article className="card chl-card">
      <div className="chl-head">
        <h3>
          <Link to={`/challenges/${card.id}`}>{card.title}</Link>
        </h3>
        <StateTag state={card.state} />
      </div>
      <p className="muted">
        {card.no} · {card.metric.name || '—'} · {t.due} {card.dueOn ?? '—'}
        {card.demo && ` · ${t.demo}`}
      </p>
      {isOpen ? (
        <dl className="chl-open">
          <div>
            <dt>{t.from}</dt>
            <dd>{figureOf(card, card.baseline)}</dd>
          </div>
          <div>
            <dt>{t.to}</dt>
            <dd>
              {card.target ?? '—'} {card.metric.unit}
            </dd>
          </div>
        </dl>
      ) : card.relation === 'public' || card.relation === 'support' || card.relation === 'bidder' ? (
        <p>
          {t.to} {card.target} {card.metric.unit} <small className="muted">{t.notPublic}</small>
        </p>
      ) : (
        <WayBar card={card} />
      )}
      <p className="chl-foot">
        <span>
          {card.takers.length > 0
            ? `${t.taker}：${card.takers.join(t.listSign)}`
            : card.openOn && card.closeOn
              ? t.openTo(card.openOn, card.closeOn)
              : t.noTaker}
        </span>
        {card.supports > 0 && card.lateSupport === 0 && <span className="muted">{t.supports(card.supports)}</span>}
        <Marks card={card} />
      </p>
    </article>
  );
}
