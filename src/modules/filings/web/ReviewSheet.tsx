import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { FilingField } from '../content.ts';
import { type Filing, filings } from '../contract.ts';
import { shortPeriod } from '../period.ts';
import { blocking, toWaive } from '../validation.ts';
import { ActList } from './ActList.tsx';
import { CompareTable } from './CompareTable.tsx';
import * as cycleText from './cycle-text.ts';
import { HitList } from './HitList.tsx';
import { keys } from './keys.ts';
import { LevelSteps } from './LevelSteps.tsx';
import { MonthsLine } from './MonthsLine.tsx';
import { PhotoRow } from './PhotoRow.tsx';
import { shortMoment } from './show.ts';
import * as text from './text.ts';

/** One filing before the reviewer. There is no input that changes a number: marks, a reason, and two buttons. */
export function ReviewSheet({ id, at, of, onDecided }: { id: string; at: number; of: number; onDecided: () => void }) {
  const t = useText(text);
  const call = useClient(filings);
  const found = useQuery({ queryKey: keys.one(id), queryFn: ({ signal }) => call.get({ id }, { signal }) });
  if (found.error)
    return (
      <div className="fr-none">
        <ProblemView error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  if (!found.data) return <p className="fr-none muted">{t.loading}</p>;
  return <Sheet key={`${id} ${found.data.seq}`} filing={found.data} at={at} of={of} onDecided={onDecided} />;
}

function Sheet({ filing, at, of, onDecided }: { filing: Filing; at: number; of: number; onDecided: () => void }) {
  const t = useText(text);
  const c = useText(cycleText);
  const language = useLanguage();
  const call = useClient(filings);
  const [marked, setMarked] = useState<ReadonlySet<FilingField>>(new Set(filing.returned?.cells ?? []));
  const [waived, setWaived] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<string | null>(null);
  const [isReasonMissing, setReasonMissing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const version = filing.versions.find((v) => v.seq === filing.seq) ?? null;

  const must = blocking(filing.hits);
  const open = toWaive(filing.hits).filter((hit) => !waived.has(hit.rule));
  const isWaiting = filing.state === 'submitted';
  /** The caller's yes: accepted as the office, handed up at any other level. */
  const yes = filing.allowed.includes('accept') ? 'accept' : filing.allowed.includes('pass') ? 'pass' : null;
  const mayAccept = yes !== null;
  const needsReason = filing.review.needsReason;
  const mayReturn = filing.allowed.includes('return');
  const mayCorrect = filing.allowed.includes('correct');
  const refusal =
    must.length > 0
      ? must.some((hit) => hit.severity === 'block')
        ? t.review.blocked
        : t.review.unexplained
      : filing.acceptRefusal
        ? filing.acceptRefusal[language]
        : open.length > 0
          ? t.review.waiveAll
          : null;
  // What must be put right is already written down; the reviewer adds to it or takes it away.
  const reason = typed ?? must.map((hit) => hit.words[language]).join('\n');
  const cells = [...marked];
  const seq = filing.seq ?? 0;

  const decide = { onSuccess: onDecided };
  const accept = useMutation({
    mutationFn: () => {
      const decision = { id: filing.id, seq, waived: [...waived] };
      if (yes === 'pass') return call.pass(decision);
      return call.accept({ ...decision, ...(needsReason && { bypassReason: reason.trim() }) });
    },
    ...decide,
  });
  const sendBack = useMutation({
    mutationFn: () => call.sendBack({ id: filing.id, seq, reason: reason.trim(), cells }),
    ...decide,
  });
  const correct = useMutation({
    mutationFn: () => call.correct({ id: filing.id, reason: reason.trim(), cells }),
    ...decide,
  });
  const isBusy = accept.isPending || sendBack.isPending || correct.isPending;
  const error = accept.error ?? sendBack.error ?? correct.error;

  const focusReason = () => box.current?.querySelector('textarea')?.focus();
  const withReason = (act: () => void) => {
    if (reason.trim().length < 2) {
      setReasonMissing(true);
      focusReason();
    } else if (!isBusy) act();
  };
  const canAccept = mayAccept && refusal === null && !isBusy;
  const sayYes = () => (needsReason ? withReason(() => accept.mutate()) : accept.mutate());
  const isLast = !filing.review.steps.some((step) => step.state === 'ahead');
  const yesWords = needsReason
    ? c.review.bypass
    : yes === 'pass'
      ? isLast
        ? c.review.passFinal
        : c.review.pass
      : t.review.accept;
  useShortcut('A', yesWords, sayYes, canAccept);
  useShortcut('R', t.review.return, focusReason, mayReturn || mayCorrect);

  const toggle = (field: FilingField) =>
    setMarked((now) => {
      const next = new Set(now);
      if (!next.delete(field)) next.add(field);
      return next;
    });
  const goTo = (field: FilingField) =>
    document.querySelector<HTMLElement>(`[data-cell="${field}"]`)?.focus({ preventScroll: false });

  return (
    <>
      <section className="fr-sheet" aria-label={filing.projectName}>
        <header>
          <h2>
            {filing.projectName}
            {filing.light && <Light value={filing.light} lamp />}
            {filing.demo && <span className="sample">{t.demo}</span>}
            <small>
              {at} / {of}
            </small>
          </h2>
          <p>
            {version &&
              t.review.submission(
                filing.unitName,
                version.submittedBy,
                shortMoment(moment(version.submittedAt)),
                version.seq,
              )}
            <Link to={`/projects/${filing.projectId}`}>{t.review.project}</Link>
            {filing.allowed.includes('submit') && (
              <Link to={`/filings/${filing.projectId}/${filing.period}`}>{t.review.open}</Link>
            )}
          </p>
          <LevelSteps steps={filing.review.steps} />
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
        <section className="body" tabIndex={0} aria-label={shortPeriod(filing.period)[language]}>
          <CompareTable
            filing={filing}
            version={version}
            marked={marked}
            onToggle={mayReturn || mayCorrect ? toggle : null}
          />
          {version && <PhotoRow filing={filing} photos={version.content.photos} />}
          <ActList filing={filing} />
        </section>
        <footer className="fr-act">
          {isWaiting && mayAccept && (
            <Button
              type={refusal === null ? 'primary' : 'default'}
              disabled={!canAccept}
              loading={accept.isPending}
              onClick={sayYes}
            >
              {yesWords} <kbd>A</kbd>
            </Button>
          )}
          {isWaiting && mayReturn && (
            <Button
              type={refusal === null ? 'default' : 'primary'}
              disabled={isBusy}
              loading={sendBack.isPending}
              onClick={() => withReason(() => sendBack.mutate())}
            >
              {t.review.returnMarked(marked.size)} <kbd>R</kbd>
            </Button>
          )}
          {mayCorrect && (
            <Button disabled={isBusy} loading={correct.isPending} onClick={() => withReason(() => correct.mutate())}>
              {t.review.correct} <kbd>R</kbd>
            </Button>
          )}
          {!isWaiting && !mayCorrect && <b>{t.states[filing.state]}</b>}
          <span className="note">
            {isWaiting && refusal && <b role="status">{refusal}</b>}
            {isWaiting && !refusal && needsReason && <b role="status">{c.review.bypassHint}</b>}
            {isWaiting && !mayAccept && !refusal && filing.level && <b>{c.review.waits(c.levels[filing.level])}</b>}
            <span>{mayCorrect ? t.review.correctHint : t.review.noNumbers}</span>
          </span>
        </footer>
      </section>
      <aside className="fr-side" aria-label={t.review.hits}>
        {error && <ProblemView error={error} compact />}
        <HitList
          hits={filing.hits}
          waived={waived}
          onWaive={
            isWaiting && mayAccept
              ? (rule, isOn) =>
                  setWaived((now) => {
                    const next = new Set(now);
                    if (isOn) next.add(rule);
                    else next.delete(rule);
                    return next;
                  })
              : null
          }
          onGo={goTo}
        />
        {filing.kind === 'monthly' && <MonthsLine facts={filing.facts} monthYuan={version?.monthYuan ?? null} />}
        {(mayReturn || mayCorrect) && (
          <div ref={box}>
            <h3>
              {mayCorrect ? t.review.correct : needsReason ? c.review.bypassTitle : t.review.reason}
              <small>{!mayCorrect && t.review.reasonHint(shortMoment(moment(filing.dueAt)))}</small>
            </h3>
            <TextBox
              aria-label={t.review.reasonLabel}
              minRows={3}
              value={reason}
              maxLength={1000}
              status={isReasonMissing && reason.trim().length < 2 ? 'error' : ''}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                withReason(() => (mayCorrect ? correct.mutate() : sendBack.mutate()));
              }}
            />
            {isReasonMissing && reason.trim().length < 2 && (
              <p className="ff-refusal" role="alert">
                {t.review.reasonMissing}
              </p>
            )}
          </div>
        )}
      </aside>
    </>
  );
}
