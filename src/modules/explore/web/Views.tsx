import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { explore } from '../contract.ts';
import type { ChartKind, Pivot, View } from '../shapes.ts';
import * as text from './text.ts';

export function ViewList({ current, onOpen }: { current: string | undefined; onOpen: (id: string | null) => void }) {
  const t = useText(text);
  const api = useClient(explore);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const found = useQuery({ queryKey: ['explore', 'views'], queryFn: ({ signal }) => api.views({}, { signal }) });
  const remove = useMutation({
    mutationFn: (id: string) => api.removeView({ id }),
    onSuccess: async (_, id) => {
      if (id === current) onOpen(null);
      await cache.invalidateQueries({ queryKey: ['explore', 'views'] });
    },
  });
  return (
    <section className="explore-views">
      <h2>{t.views}</h2>
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p className="muted">{t.noViews}</p>}
      <ul>
        {found.data?.map((view) => (
          <li key={view.id}>
            <button
              type="button"
              className="link"
              aria-current={view.id === current ? 'true' : undefined}
              onClick={() => onOpen(view.id)}
            >
              {view.name}
            </button>
            {view.isMine && view.isShared && <span className="tag">{t.shared}</span>}
            {!view.isMine && <small className="muted">{t.by(view.ownerName)}</small>}
            {view.isMine && (
              <Button
                size="small"
                type="text"
                aria-label={`${t.remove} ${view.name}`}
                onClick={async () => {
                  if (await confirm({ title: t.removeSure(view.name), body: t.removeNote, danger: true }))
                    remove.mutate(view.id);
                }}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function SaveView({
  pivot,
  chart,
  view,
  onClose,
  onSaved,
}: {
  pivot: Pivot;
  chart: ChartKind;
  view: View | undefined;
  onClose: () => void;
  onSaved: (id: string) => void;
}) {
  const t = useText(text);
  const api = useClient(explore);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const mine = view?.isMine ? view : undefined;
  const [name, setName] = useState(mine?.name ?? '');
  const [isShared, setShared] = useState(mine?.isShared ?? false);
  const [isSame, setSame] = useState(mine !== undefined);
  const save = useMutation({
    mutationFn: () =>
      api.saveView({ ...(mine && isSame && { id: mine.id }), name: name.trim(), pivot, chart, isShared }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['explore'] });
      void message.success(t.save);
      onSaved(id);
    },
  });
  return (
    <FormDrawer
      title={t.saveTitle}
      help={t.saveHelp}
      error={save.error}
      fields={['name']}
      isReady={name.trim() !== ''}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.name} fault={fieldSentence(save.error, 'name')}>
        {(id) => <Input id={id} value={name} maxLength={60} onChange={(e) => setName(e.target.value)} />}
      </FormField>
      {mine && (
        <Checkbox checked={isSame} onChange={(e) => setSame(e.target.checked)}>
          {t.overwrite}
        </Checkbox>
      )}
      <Checkbox checked={isShared} onChange={(e) => setShared(e.target.checked)}>
        {t.share}
      </Checkbox>
      <p className="soft">{t.shareHelp}</p>
    </FormDrawer>
  );
}
