import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { ledger } from '../contract.ts';
import type { ListCounts, MatterQuery, SavedView } from '../list-contract.ts';
import { listWords, namedLists } from '../lists.ts';
import type { ListState } from './list-state.ts';
import * as text from './list-text.ts';

/** Empty lists of work are left out of the row, but for these: their being empty is news. */
const alwaysShown = new Set(['all', 'mine', 'dueThisWeek', 'overdue', 'toVerify']);

/** The lists that people live in with their counts, then the person's own views, then “save what I see”. */
export function ListTabs({
  state,
  setState,
  counts,
  views,
  query,
}: {
  state: ListState;
  setState: (change: Partial<ListState>) => void;
  counts: ListCounts | undefined;
  views: readonly SavedView[];
  query: MatterQuery;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(ledger);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const [name, setName] = useState<string | null>(null);
  const fresh = { filters: {}, q: '', sort: undefined, unitId: null, unitName: null };
  const reread = () => cache.invalidateQueries({ queryKey: ['ledger', 'views'] });
  const save = useMutation({
    mutationFn: (named: string) => {
      const { ids: _, ...kept } = query;
      return api.saveView({ name: named, query: kept });
    },
    onSuccess: async ({ id }, named) => {
      void message.success(t.viewSaved(named));
      setName(null);
      await reread();
      setState({ ...fresh, list: 'all', view: id });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.removeView({ id }),
    onSuccess: () => {
      setState({ view: null });
      void reread();
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const current = views.find((view) => view.id === state.view);
  const row = useRef<HTMLElement>(null);
  // On a phone the list that is shown may stand outside the row: it comes into view by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each list that is chosen, and again when the counts widen the row
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (row.current && tab) row.current.scrollLeft = tab.offsetLeft - row.current.offsetLeft - 24;
  }, [state.list, state.view, counts]);
  const shown = namedLists.filter(
    (list) => alwaysShown.has(list) || list === state.list || counts === undefined || counts[list] > 0,
  );
  return (
    <nav ref={row} className="tabs" aria-label={t.lists}>
      {shown.map((list) => (
        <button
          key={list}
          type="button"
          aria-current={state.view === null && state.list === list ? 'page' : undefined}
          onClick={() => setState({ ...fresh, list, view: null })}
        >
          {words(listWords[list])}
          {counts && (
            <span className={list === 'overdue' && counts.overdue > 0 ? 'n ml-late' : 'n'}>{counts[list]}</span>
          )}
        </button>
      ))}
      {views.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-current={state.view === view.id ? 'page' : undefined}
          onClick={() => setState({ ...fresh, list: 'all', view: view.id })}
        >
          {view.name}
        </button>
      ))}
      <button type="button" onClick={() => setName('')}>
        ＋ {t.saveView}
      </button>
      {current && (
        <button
          type="button"
          className="muted"
          onClick={async () => {
            if (await confirm({ title: t.removeView, body: t.removeViewBody(current.name), danger: true }))
              remove.mutate(current.id);
          }}
        >
          {t.removeView}
        </button>
      )}
      {name !== null && (
        <Modal
          open
          title={t.saveView}
          width={360}
          onCancel={() => setName(null)}
          footer={
            <>
              <Button onClick={() => setName(null)}>{t.cancel}</Button>
              <Button
                type="primary"
                disabled={name.trim() === ''}
                loading={save.isPending}
                onClick={() => save.mutate(name.trim())}
              >
                {t.save}
              </Button>
            </>
          }
        >
          <Input
            autoFocus
            maxLength={40}
            aria-label={t.viewName}
            placeholder={t.viewName}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && save.mutate(name.trim())}
          />
        </Modal>
      )}
    </nav>
  );
}
