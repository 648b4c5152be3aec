import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Pagination, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Proposal, readings, type Values } from '../contract.ts';
import { partAt } from '../parts.ts';
import { CheckList } from './CheckList.tsx';
import { CorrectForm } from './CorrectForm.tsx';
import { EditForm, WithdrawForm } from './EditForm.tsx';
import { MarkedText } from './MarkedText.tsx';
import { marksOfDesk } from './marks-of-desk.ts';
import { ProposalList } from './ProposalList.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import './readings.css';
import * as text from './text.ts';

type View = 'both' | 'clean' | 'original';

/** `/readings/:id`: original and cleaned text with marks, what does not add up, and proposals to take or leave by keys. */
export function DeskPage() {
  const t = useText(text);
  const language = useLanguage();
  const { id = '' } = useParams();
  const api = useClient(readings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [view, setView] = useState<View>('both');
  const [chosenKey, setChosen] = useState<string | null>(null);
  const [place, setPlace] = useState<{ start: number; end: number; original: { start: number; end: number } } | null>(
    null,
  );
  const [form, setForm] = useState<'correct' | 'edit' | 'withdraw' | 'revoke' | null>(null);
  const [part, setPart] = useState(0);
  const desk = useQuery({
    queryKey: ['readings', 'desk', id, part],
    queryFn: ({ signal }) => api.desk({ id, part }, { signal }),
    // The next part of the same document: the one before stays until it is read.
    placeholderData: (before) => (before?.document.id === id ? before : undefined),
  });
  const marks = useMemo(() => (desk.data ? marksOfDesk(desk.data, t, language) : null), [desk.data, t, language]);
  const decide = useMutation({
    mutationFn: (input: { key: string; decision: 'accept' | 'reject'; values?: Values }) =>
      api.decide({ id, ...input }),
    onSuccess: async (_, { key }) => {
      setForm(null);
      await cache.invalidateQueries({ queryKey: ['readings'] });
      const proposals = desk.data?.proposals ?? [];
      const at = proposals.findIndex((p) => p.key === key);
      const next = [...proposals.slice(at + 1), ...proposals.slice(0, at)].find((p) => p.decision === null);
      if (next) choose(next);
      else void message.success(t.allDecided);
    },
    // Somebody else was first: what they decided is shown beside the sentence that says so.
    onError: () => cache.invalidateQueries({ queryKey: ['readings', 'desk', id] }),
  });
  const revoke = useMutation({
    mutationFn: (input: { key: string; reason: string }) => api.revoke({ id, ...input }),
    onSuccess: async () => {
      setForm(null);
      await cache.invalidateQueries({ queryKey: ['readings'] });
    },
  });
  const proposals = desk.data?.proposals ?? [];
  const chosen = proposals.find((p) => p.key === chosenKey);
  const choose = (proposal: Proposal) => {
    setChosen(proposal.key);
    setPlace({ ...proposal.span, original: proposal.original });
    decide.reset();
  };
  const step = (by: 1 | -1) => {
    if (proposals.length === 0) return;
    const at = proposals.findIndex((p) => p.key === chosenKey);
    choose(proposals[at < 0 ? 0 : (at + by + proposals.length) % proposals.length]!);
  };
  const may = (act: Proposal['allowed'][number]) => form === null && Boolean(chosen?.allowed.includes(act));
  const takeBack = () => {
    revoke.reset();
    setForm('revoke');
  };
  useShortcut('ArrowDown', t.keyNext, () => step(1), proposals.length > 0);
  useShortcut('ArrowUp', t.keyBefore, () => step(-1), proposals.length > 0);
  useShortcut('A', t.accept, () => chosen && decide.mutate({ key: chosen.key, decision: 'accept' }), may('accept'));
  useShortcut('E', t.correct, () => setForm('correct'), may('accept'));
  useShortcut('R', t.reject, () => chosen && decide.mutate({ key: chosen.key, decision: 'reject' }), may('reject'));
  useShortcut('Z', t.revoke, takeBack, may('revoke'));
  if (desk.error) return <ProblemView error={desk.error} onRetry={() => void desk.refetch()} />;
  if (!desk.data || !marks) return <p className="page-wait">{t.loading}</p>;
  const { document, articles, parts } = desk.data;
  const chooseAt = (start: number) => {
    const found = proposals.find((p) => p.span.start <= start && start < p.span.end);
    if (found) choose(found);
  };
  const go = (span: { start: number; end: number }, original = span) => {
    setPlace({ ...span, original });
    const starts = parts.map((one) => one.start);
    setPart(partAt(starts, span.start));
  };
  const wrong = parts.flatMap((one, index) => (one.contradicts > 0 && index !== desk.data.part.index ? [index] : []));
  return (
    <>
      <PageHead
        title={document.title}
        crumbs={<Link to="/readings">{t.title}</Link>}
        mark={document.isWithdrawn && <small className="tag">{t.withdrawn}</small>}
        actions={
          <>
            <Segmented
              aria-label={t.view}
              value={view}
              onChange={(value) => setView(value as View)}
              options={[
                { value: 'both', label: t.both },
                { value: 'original', label: t.original },
                { value: 'clean', label: t.clean },
              ]}
            />
            {(['html', 'xlsx', 'json'] as const).map((format) => (
              <Button key={format} href={urlOf(readings, 'file', { id, format, language })}>
                {t.exports[format]}
              </Button>
            ))}
            {desk.data.allowed.includes('edit') && <Button onClick={() => setForm('edit')}>{t.edit}</Button>}
            {desk.data.allowed.includes('withdraw') && (
              <Button danger onClick={() => setForm('withdraw')}>
                {t.withdraw}
              </Button>
            )}
          </>
        }
      >
        <span>
          {t.columns.date} {document.documentDate ?? t.noDate}
        </span>
      </PageHead>
      <div className="desk" data-view={view}>
        <div className="desk-texts">
          {articles.length > 1 && (
            <nav className="chips" aria-label={t.articles}>
              {articles.map((article) => (
                <button type="button" className="chip" key={article.title.start} onClick={() => go(article.title)}>
                  {article.text.slice(0, 18) || t.articles}
                </button>
              ))}
            </nav>
          )}
          {parts.length > 1 && (
            <nav className="desk-parts" aria-label={t.partLabel} aria-busy={desk.isPlaceholderData}>
              <Pagination
                simple
                pageSize={1}
                total={parts.length}
                current={part + 1}
                onChange={(number) => setPart(number - 1)}
              />
              <span>{t.partSay(count(desk.data.part.length), count(parts.length))}</span>
              {wrong.length > 0 && (
                <span>
                  {t.partsWrong}{' '}
                  {wrong.slice(0, 12).map((index) => (
                    <button type="button" className="chip" key={index} onClick={() => setPart(index)}>
                      {t.partName(count(index + 1))}
                    </button>
                  ))}
                </span>
              )}
            </nav>
          )}
          <div className="desk-columns">
            {view !== 'clean' && (
              <div>
                <h2>{t.original}</h2>
                <MarkedText
                  text={desk.data.original}
                  from={desk.data.part.originalStart}
                  marks={marks.original}
                  chosen={place?.original ?? null}
                  label={t.original}
                  onChoose={() => {}}
                />
              </div>
            )}
            {view !== 'original' && (
              <div>
                <h2>{t.clean}</h2>
                <MarkedText
                  text={desk.data.clean}
                  from={desk.data.part.start}
                  marks={marks.clean}
                  chosen={place}
                  label={t.clean}
                  onChoose={chooseAt}
                />
              </div>
            )}
          </div>
          <ul className="mark-legend" aria-label={t.showKinds}>
            {marks.kinds.map(({ kind, count }) => (
              <li key={kind}>
                <mark className={`m-${kind}`}>{t.kinds[kind]}</mark> {count}
              </li>
            ))}
          </ul>
        </div>
        <aside className="desk-side">
          <CheckList checks={desk.data.checks} unreadable={desk.data.unreadable} onGo={go} />
          <ProposalList
            proposals={proposals}
            chosen={chosenKey}
            isPending={decide.isPending}
            error={form === null ? decide.error : null}
            onChoose={choose}
            onDecide={(key, decision) => decide.mutate({ key, decision })}
            onCorrect={(proposal) => {
              choose(proposal);
              setForm('correct');
            }}
            onRevoke={(proposal) => {
              choose(proposal);
              takeBack();
            }}
          />
        </aside>
      </div>
      {form === 'correct' && chosen && (
        <CorrectForm
          proposal={chosen}
          error={decide.error}
          isPending={decide.isPending}
          onSave={(values) => decide.mutate({ key: chosen.key, decision: 'accept', values })}
          onClose={() => setForm(null)}
        />
      )}
      {form === 'revoke' && chosen && (
        <ReasonForm
          title={t.revokeTitle}
          what={t.revokeWhat}
          saveWords={t.revoke}
          above={<blockquote className="reading-quote">{chosen.text}</blockquote>}
          error={revoke.error}
          isPending={revoke.isPending}
          onSave={(reason) => revoke.mutate({ key: chosen.key, reason })}
          onClose={() => setForm(null)}
        />
      )}
      {form === 'edit' && <EditForm document={document} onClose={() => setForm(null)} />}
      {form === 'withdraw' && <WithdrawForm document={document} onClose={() => setForm(null)} />}
    </>
  );
}
