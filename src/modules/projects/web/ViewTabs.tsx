import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { namedFilterWords } from '../column-words.ts';
import { projects } from '../contract.ts';
import type { ListQuery, SavedView } from '../list-shapes.ts';
import { builtInTabs, type ListState } from './list-state.ts';
import * as text from './text.ts';

/** The questions asked every day, then the person's own views, then “save what I see”. */
export function ViewTabs({
  state,
  setState,
  views,
  query,
  shown,
}: {
  state: ListState;
  setState: (change: Partial<ListState>) => void;
  views: readonly SavedView[];
  query: ListQuery;
  shown: readonly string[];
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(projects);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const [isSaving, setSaving] = useState(false);
  const counts = useQuery({
    queryKey: ['projects', 'counts', state.year],
    queryFn: ({ signal }) => api.counts({ year: state.year }, { signal }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.removeView({ id }),
    onSuccess: () => {
      setState({ tab: 'all' });
      void cache.invalidateQueries({ queryKey: ['projects', 'views'] });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const labels: Record<(typeof builtInTabs)[number], { label: string; count: number | undefined }> = {
    all: { label: t.all, count: counts.data?.projects },
    mine: { label: t.mine, count: counts.data?.mine },
    late: { label: t.lateTab, count: counts.data?.late },
    startOverdue: { label: words(namedFilterWords.startOverdue), count: counts.data?.startOverdue },
    notEnrolled: { label: words(namedFilterWords.notEnrolled), count: counts.data?.notEnrolled },
  };
  const tab = (id: string, label: string, count: number | undefined, title?: string) => (
    <button
      key={id}
      type="button"
      aria-current={state.tab === id ? 'page' : undefined}
      title={title}
      onClick={() => setState({ tab: id, filters: {}, q: '', sort: undefined })}
    >
      {label}
      {count !== undefined && <span className="n">{count}</span>}
    </button>
  );
  const current = views.find((view) => view.id === state.tab);
  return (
    <nav className="tabs" aria-label={t.listLabel}>
      {builtInTabs.map((id) => tab(id, labels[id].label, labels[id].count))}
      {views.map((view) => tab(view.id, view.name, view.count, view.mine ? undefined : t.viewOf))}
      <button type="button" onClick={() => setSaving(true)}>
        ＋ {t.saveView}
      </button>
      {current?.mine && (
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
      {isSaving && (
        <SaveView
          definition={{ ...query, columns: [...shown] }}
          onClose={() => setSaving(false)}
          onSaved={(id) => setState({ tab: id, filters: {}, q: '', sort: undefined })}
        />
      )}
    </nav>
  );
}

function SaveView({
  definition,
  onClose,
  onSaved,
}: {
  definition: ListQuery;
  onClose: () => void;
  onSaved: (id: string) => void;
}) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => api.saveView({ name, definition, shared: isShared }),
    onSuccess: async ({ id }) => {
      void message.success(t.viewSaved(name));
      await cache.invalidateQueries({ queryKey: ['projects', 'views'] });
      onClose();
      onSaved(id);
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return (
    <Modal
      open
      title={t.saveViewTitle}
      onCancel={onClose}
      width={360}
      footer={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate()}>
            {t.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Input
          autoFocus
          maxLength={20}
          aria-label={t.viewName}
          placeholder={t.viewName}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() && save.mutate()}
        />
        <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>
          {t.viewShared}
        </Checkbox>
      </div>
    </Modal>
  );
}
