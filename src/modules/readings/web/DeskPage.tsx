import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Proposal, readings, type Values } from '../contract.ts';
import { CheckList } from './CheckList.tsx';
import { CorrectForm } from './CorrectForm.tsx';
import { EditForm } from './EditForm.tsx';
import { MarkedText } from './MarkedText.tsx';
import { marksOfDesk } from './marks-of-desk.ts';
import { ProposalList } from './ProposalList.tsx';
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
  const [form, setForm] = useState<'correct' | 'edit' | 'withdraw' | null>(null);
  const desk = useQuery({
    queryKey: ['readings', 'desk', id],
    queryFn: ({ signal }) => api.desk({ id }, { signal }),
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
  const mayDecide = Boolean(desk.data?.allowed.includes('decide'));
  const isOpen = mayDecide && chosen !== undefined && chosen.decision?.decision !== 'accept' && form === null;
  useShortcut('ArrowDown', t.keyNext, () => step(1), proposals.length > 0);
  useShortcut('ArrowUp', t.keyBefore, () => step(-1), proposals.length > 0);
  useShortcut('A', t.accept, () => chosen && decide.mutate({ key: chosen.key, decision: 'accept' }), isOpen);
  useShortcut('E', t.correct, () => setForm('correct'), isOpen);
  useShortcut('R', t.reject, () => chosen && decide.mutate({ key: chosen.key, decision: 'reject' }), isOpen);
  if (desk.error) return <ProblemView error={desk.error} onRetry={() => void desk.refetch()} />;
  if (!desk.data || !marks) return <p className="page-wait">{t.loading}</p>;
  const { document, articles } = desk.data;
  const chooseAt = (start: number) => {
    const found = proposals.find((p) => p.span.start <= start && start < p.span.end);
    if (found) choose(found);
  };
  const go = (span: { start: number; end: number }, original = span) => setPlace({ ...span, original });
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
          <div className="desk-columns">
            {view !== 'clean' && (
              <div>
                <h2>{t.original}</h2>
                <MarkedText
                  text={desk.data.original}
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
            mayDecide={mayDecide}
            isPending={decide.isPending}
            error={form === null ? decide.error : null}
            onChoose={choose}
            onDecide={(key, decision) => decide.mutate({ key, decision })}
            onCorrect={(proposal) => {
              choose(proposal);
              setForm('correct');
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
      {(form === 'edit' || form === 'withdraw') && (
        <EditForm document={document} isWithdrawing={form === 'withdraw'} onClose={() => setForm(null)} />
      )}
    </>
  );
}
