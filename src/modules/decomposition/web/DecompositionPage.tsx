import { App, Button, Checkbox, Dropdown } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useParams } from 'react-router';
import type { Span } from '#core/shared/document-text.ts';
import { urlOf, useClient } from '#core/web/client.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type DocumentView, decomposition, type Row, type RowState } from '../contract.ts';
import { ReadBackDrawer } from './ReadBackDrawer.tsx';
import { RowEditor } from './RowEditor.tsx';
import { type LineActs, RowLine } from './RowLine.tsx';
import { BulkBar, SplitDialog } from './RowTools.tsx';
import { SourceText } from './SourceText.tsx';
import * as text from './text.ts';
import { useDecide, useDocument, useRowCommand } from './use-decomposition.ts';
import './decomposition.css';

const filters = {
  all: () => true,
  proposed: (row: Row) => row.state === 'proposed',
  faulty: (row: Row) => row.matter === null && row.state !== 'rejected' && row.faults.length > 0,
  accepted: (row: Row) => row.state === 'accepted' && row.matter === null,
  issued: (row: Row) => row.matter !== null,
  rejected: (row: Row) => row.state === 'rejected',
};
type Filter = keyof typeof filters;

/** `/decompositions/:id`: the text at the left, the rows it became at the right; each finds the other. */
export function DecompositionPage() {
  const { id = '' } = useParams();
  const t = useText(text);
  const found = useDocument(id);
  if (found.error)
    return (
      <>
        <PageHead title={t.title} />
        <div className="page-body">
          <ProblemView error={found.error} onRetry={() => void found.refetch()} />
        </div>
      </>
    );
  return found.data ? <Desk view={found.data} /> : <PageHead title={t.title} />;
}

function Desk({ view }: { view: DocumentView }) {
  const t = useText(text);
  const { id, rows } = view;
  const call = useClient(decomposition);
  const decide = useDecide(id);
  const canEdit = view.allowed.includes('edit');
  const [filter, setFilter] = useState<Filter>('all');
  const [activeId, setActive] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string | null>(null);
  const [splitting, setSplitting] = useState<string | null>(null);
  const [span, setSpan] = useState<Span | null>(null);
  const [isReadingBack, setReadingBack] = useState(false);
  const shown = useMemo(() => rows.filter(filters[filter]), [rows, filter]);
  const at = shown.findIndex((row) => row.id === activeId);
  const step = (by: number) => {
    const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next) setActive(next.id);
  };
  const judge = (state: RowState) => {
    const row = shown[at];
    if (!row || row.matter) return;
    decide.mutate({ rowIds: [row.id], state });
    // A filter may take the row out of the list: the one behind it comes up in its place.
    const next = shown[at + 1] ?? shown[at - 1];
    if (next) setActive(next.id);
  };
  const keysOn = editing === null && splitting === null;
  useShortcut('J', t.keys.next, () => step(1), keysOn);
  useShortcut('K', t.keys.previous, () => step(-1), keysOn);
  useShortcut('A', t.keys.accept, () => judge('accepted'), keysOn && canEdit);
  useShortcut('R', t.keys.reject, () => judge('rejected'), keysOn && canEdit);
  const { mutate } = decide;
  const acts = useMemo<LineActs>(
    () => ({
      onPick: setActive,
      onSelect: (rowId, isOn) =>
        setSelected((before) => {
          const next = new Set(before);
          if (isOn) next.add(rowId);
          else next.delete(rowId);
          return next;
        }),
      onEdit: setEditing,
      onSplit: setSplitting,
      onDecide: (rowId, state) => mutate({ rowIds: [rowId], state }),
    }),
    [mutate],
  );
  const pick = useCallback((rowId: string) => {
    setFilter('all');
    setActive(rowId);
  }, []);
  const add = useRowCommand(
    id,
    (place: Span | null) => {
      const words = place
        ? view.text.slice(place.start, place.end).replace(/\s+/g, ' ').trim().slice(0, 300)
        : t.addPlain;
      return call.addRow({
        id,
        ...(activeId && { afterId: activeId }),
        ...(place && { span: place }),
        changes: { title: words },
      });
    },
    (row) => {
      setFilter('all');
      setActive(row.id);
      setEditing(row.id);
    },
  );
  const chosen = rows.filter((row) => selected.has(row.id) && row.matter === null);
  const selectable = shown.filter((row) => row.matter === null);
  const ready = rows.filter((row) => row.state === 'proposed' && row.faults.length === 0);
  // Most speeches name no quarters: their rows get the room.
  const hasGoals = rows.some((row) => row.goals.length > 0);
  const columns = hasGoals ? 6 : 5;
  const splitRow = rows.find((row) => row.id === splitting);
  return (
    <>
      <Head view={view} onReadBack={() => setReadingBack(true)} />
      {decide.error && (
        <div className="dc-error">
          <ProblemView error={decide.error} compact />
        </div>
      )}
      <div className="chips dc-filters">
        {(Object.keys(filters) as Filter[]).map((key) => {
          const count = rows.filter(filters[key]).length;
          return (
            <button
              key={key}
              type="button"
              className={key === filter ? 'chip on' : 'chip'}
              aria-pressed={key === filter}
              onClick={() => setFilter(key)}
            >
              {t.filters[key]} <b>{count}</b>
            </button>
          );
        })}
        {canEdit && ready.length > 0 && (
          <Button size="small" onClick={() => mutate({ rowIds: ready.map((row) => row.id), state: 'accepted' })}>
            {t.acceptReady(ready.length)}
          </Button>
        )}
        <span className="legend">{t.keyLine}</span>
      </div>
      <div className="dc-desk">
        <div className="dc-pane">
          <h2>
            {t.source}
            {canEdit &&
              (span ? (
                <Button
                  size="small"
                  type="primary"
                  loading={add.isPending}
                  onMouseDown={(e) => e.preventDefault()}
                  onClick={() => add.mutate(span)}
                >
                  {t.addFromText}
                </Button>
              ) : (
                <small>{t.addHint}</small>
              ))}
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
          <section className="dc-scroll" tabIndex={0} aria-label={t.source}>
            <SourceText view={view} activeId={activeId} onPick={pick} onSelect={setSpan} />
          </section>
        </div>
        <div className="dc-pane">
          {canEdit && chosen.length > 0 && (
            <BulkBar
              documentId={id}
              selected={chosen}
              onDecide={(rowIds, state) => mutate({ rowIds, state })}
              onClear={() => setSelected(new Set())}
            />
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
          <section className="dc-scroll" tabIndex={0} aria-label={t.rows}>
            <table className="dc-rows">
              <thead>
                <tr>
                  <th className="dc-n">
                    {canEdit && (
                      <Checkbox
                        aria-label={t.selectAll}
                        disabled={selectable.length === 0}
                        checked={selectable.length > 0 && selectable.every((row) => selected.has(row.id))}
                        onChange={(event) =>
                          setSelected(event.target.checked ? new Set(selectable.map((row) => row.id)) : new Set())
                        }
                      />
                    )}
                  </th>
                  <th>{t.columns.task}</th>
                  <th className="dc-parties">{t.columns.parties}</th>
                  <th className="dc-due">{t.columns.due}</th>
                  {hasGoals && <th className="dc-quarters">{t.columns.quarters}</th>}
                  <th className="dc-state">{t.columns.state}</th>
                </tr>
              </thead>
              {shown.map((row, i) => (
                <tbody key={row.id}>
                  {row.category && row.category !== shown[i - 1]?.category && (
                    <tr className="dc-group">
                      <td colSpan={columns}>{row.category}</td>
                    </tr>
                  )}
                  {row.id === editing ? (
                    <tr>
                      <td colSpan={columns} className="dc-editing">
                        <RowEditor
                          documentId={id}
                          year={Number(row.goals[0]?.dueOn.slice(0, 4) ?? view.docOn.slice(0, 4))}
                          row={row}
                          onClose={() => setEditing(null)}
                        />
                      </td>
                    </tr>
                  ) : (
                    <RowLine
                      row={row}
                      isActive={row.id === activeId}
                      isSelected={selected.has(row.id)}
                      canEdit={canEdit}
                      hasGoals={hasGoals}
                      acts={acts}
                    />
                  )}
                </tbody>
              ))}
            </table>
            {shown.length === 0 && <p className="dc-none">{t.noRows}</p>}
            {canEdit && (
              <p className="dc-add">
                <Button size="small" type="dashed" loading={add.isPending} onClick={() => add.mutate(null)}>
                  {t.addPlain}
                </Button>
                {add.error && <ProblemView error={add.error} compact />}
              </p>
            )}
          </section>
        </div>
      </div>
      {splitRow && <SplitDialog documentId={id} row={splitRow} onClose={() => setSplitting(null)} />}
      {isReadingBack && <ReadBackDrawer id={id} onClose={() => setReadingBack(false)} />}
    </>
  );
}

function Head({ view, onReadBack }: { view: DocumentView; onReadBack: () => void }) {
  const t = useText(text);
  const { id, counts } = view;
  const call = useClient(decomposition);
  const confirm = useConfirm();
  const { message } = App.useApp();
  const issue = useRowCommand(
    id,
    () => call.issue({ id }),
    ({ issued }) => void message.success(t.issued(issued.length)),
  );
  const discard = useRowCommand(id, () => call.discard({ id, reason: t.discardReason }));
  const waiting = view.rows.filter((row) => row.state === 'accepted' && row.matter === null).length;
  const ask = async () => {
    if (await confirm({ title: t.issueTitle(waiting), body: t.issueBody, ok: t.issueOk })) issue.mutate(undefined);
  };
  const askDiscard = async () => {
    if (await confirm({ title: t.discardTitle, body: t.discardBody, ok: t.discard, danger: true }))
      discard.mutate(undefined);
  };
  const facts: [number, (n: number) => string, boolean][] = [
    [counts.ready, t.counts.ready, false],
    [counts.lackLead, t.counts.lackLead, true],
    [counts.lackDue, t.counts.lackDue, true],
    [counts.issued, t.counts.issued, false],
    [counts.rejected, t.counts.rejected, false],
  ];
  return (
    <>
      <PageHead
        title={view.title}
        mark={view.demo && <span className="tag">{t.sample}</span>}
        note={`${t.states[view.state]}　${view.sourceRef ? `${view.sourceRef}　` : ''}${view.docOn}`}
        actions={
          <>
            <Dropdown
              menu={{
                items: (['xlsx', 'docx', 'pdf'] as const).map((format) => ({
                  key: format,
                  label: <a href={urlOf(decomposition, 'export', { id, format })}>{t.formats[format]}</a>,
                })),
              }}
            >
              <Button>{t.export}</Button>
            </Dropdown>
            {view.allowed.includes('edit') && <Button onClick={onReadBack}>{t.readBack}</Button>}
            {view.allowed.includes('discard') && <Button onClick={() => void askDiscard()}>{t.discard}</Button>}
            {view.allowed.includes('issue') && (
              <Button type="primary" disabled={waiting === 0} loading={issue.isPending} onClick={() => void ask()}>
                {t.issue(waiting)}
              </Button>
            )}
          </>
        }
      >
        <b>{t.counts.rows(counts.rows)}</b>
        {facts.map(([n, words, isLack]) =>
          n > 0 ? (
            <span key={words(n)} className={isLack ? 'dc-lack' : undefined}>
              {words(n)}
            </span>
          ) : null,
        )}
      </PageHead>
      {(issue.error ?? discard.error) && (
        <div className="dc-error">
          <ProblemView error={issue.error ?? discard.error} compact />
        </div>
      )}
    </>
  );
}
