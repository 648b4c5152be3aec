import { Button } from 'antd';
import { Link } from 'react-router';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { Proposal } from '../contract.ts';
import * as text from './text.ts';
import { valueLines } from './value-lines.ts';

const resultPath = (result: NonNullable<NonNullable<Proposal['decision']>['result']>): string =>
  result.kind === 'matter'
    ? `/matters/${result.id}`
    : result.kind === 'promise'
      ? '/promises'
      : result.kind === 'change'
        ? '/readings/changes'
        : '/readings/names';

/** Proposals in the order of the text: each is taken, put right or left by a person, by mouse or by keys. */
export function ProposalList({
  proposals,
  chosen,
  isPending,
  error,
  onChoose,
  onDecide,
  onCorrect,
  onRevoke,
}: {
  proposals: readonly Proposal[];
  chosen: string | null;
  isPending: boolean;
  error: Error | null;
  onChoose: (proposal: Proposal) => void;
  onDecide: (key: string, decision: 'accept' | 'reject') => void;
  onCorrect: (proposal: Proposal) => void;
  onRevoke: (proposal: Proposal) => void;
}) {
  const t = useText(text);
  const language = useLanguage();
  const open = proposals.filter((p) => p.decision === null).length;
  return (
    <section className="card">
      <h2>
        {t.proposals} <small className="muted">{t.proposalsSay(count(open))}</small>
      </h2>
      {proposals.some((one) => one.allowed.length > 0) && proposals.length > 0 && (
        <p className="muted key-hint">{t.keys}</p>
      )}
      <ol className="proposal-list">
        {proposals.map((proposal) => {
          const isChosen = proposal.key === chosen;
          const path = proposal.decision?.result ? resultPath(proposal.decision.result) : null;
          return (
            <li key={proposal.key} data-kind={proposal.kind} className={isChosen ? 'is-chosen' : ''}>
              <button
                type="button"
                className="words"
                aria-pressed={isChosen}
                onClick={() => onChoose(proposal)}
                ref={isChosen ? (element) => element?.scrollIntoView?.({ block: 'nearest' }) : undefined}
              >
                <b>{t.proposalKinds[proposal.kind]}</b>
                <span>{proposal.text}</span>
              </button>
              {isChosen && (
                <dl>
                  {valueLines(proposal, t, language).map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              )}
              {proposal.decision && (
                <p className="decided">
                  <b>{proposal.decision.decision === 'accept' ? `✓ ${t.accepted}` : `× ${t.rejected}`}</b>{' '}
                  <small>{t.decidedBy(proposal.decision.byName, moment(proposal.decision.at))}</small>{' '}
                  {proposal.decision.result &&
                    (path ? (
                      <Link to={path}>{t.results[proposal.decision.result.kind]}</Link>
                    ) : (
                      <small>{t.results[proposal.decision.result.kind]}</small>
                    ))}
                </p>
              )}
              {isChosen && proposal.history.length > 1 && (
                <ol className="past" aria-label={t.history}>
                  {proposal.history.map((past) => (
                    <li key={past.at}>
                      <small>
                        {t.acts[past.act]}　{t.decidedBy(past.byName, moment(past.at))}
                        {past.reason && `　${past.reason}`}
                      </small>
                    </li>
                  ))}
                </ol>
              )}
              {isChosen && proposal.allowed.length > 0 && (
                <div className="acts">
                  {proposal.allowed.includes('accept') && (
                    <>
                      <Button
                        size="small"
                        type="primary"
                        loading={isPending}
                        onClick={() => onDecide(proposal.key, 'accept')}
                      >
                        {t.accept}
                      </Button>
                      <Button size="small" onClick={() => onCorrect(proposal)}>
                        {t.correct}
                      </Button>
                    </>
                  )}
                  {proposal.allowed.includes('reject') && (
                    <Button size="small" disabled={isPending} onClick={() => onDecide(proposal.key, 'reject')}>
                      {t.reject}
                    </Button>
                  )}
                  {proposal.allowed.includes('revoke') && (
                    <Button size="small" disabled={isPending} onClick={() => onRevoke(proposal)}>
                      {t.revoke}
                    </Button>
                  )}
                </div>
              )}
              {isChosen && error && <ProblemView error={error} compact />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
