import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { challenges } from '../contract.ts';
import { audiences, type BatchView } from '../shapes.ts';
import { keys } from './show.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';

/** Opens a batch, or changes one of which nothing is published yet. */
export function BatchForm({ batch, onClose }: { batch?: BatchView; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(challenges);
  const cache = useQueryClient();
  const { today, units } = useSession();
  const [form, setForm] = useState({
    title: batch?.title ?? '',
    year: batch?.year ?? Number(today.slice(0, 4)),
    publisher: batch?.publisher ?? units[0] ?? null,
    isSingleAward: batch?.isSingleAward ?? true,
    audience: batch?.audience ?? ('city' as const),
    publicityDays: batch?.publicityDays ?? 5,
    rules: batch?.rules ?? '',
    source: batch?.source ?? '',
  });
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () =>
      api.saveBatch({
        ...(batch && { id: batch.id, version: batch.version }),
        title: form.title,
        year: form.year,
        publisherUnitId: form.publisher!.id,
        isSingleAward: form.isSingleAward,
        audience: form.audience,
        publicityDays: form.publicityDays,
        rules: form.rules,
        source: form.source.trim() || null,
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.all });
      onClose();
    },
  });
  return (
    <FormDrawer
      title={batch ? t.editBatch : t.newBatch}
      error={save.error}
      fields={[]}
      isReady={form.title.trim().length > 1 && form.publisher !== null}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.batchTitle}>
        {(id) => <Input id={id} maxLength={100} value={form.title} onChange={(e) => set({ title: e.target.value })} />}
      </FormField>
      <div className="form-pair">
        <FormField label={t.year}>
          {(id) => (
            <InputNumber id={id} min={2000} max={2100} value={form.year} onChange={(year) => year && set({ year })} />
          )}
        </FormField>
        <FormField label={t.publicityDays}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={60}
              value={form.publicityDays}
              onChange={(publicityDays) => publicityDays && set({ publicityDays })}
            />
          )}
        </FormField>
      </div>
      <FormField label={t.publisher}>
        {(id) => (
          <UnitPick
            id={id}
            value={form.publisher?.id ?? null}
            name={form.publisher?.name}
            onChange={(unitId, name) => set({ publisher: unitId ? { id: unitId, name: name ?? '' } : null })}
          />
        )}
      </FormField>
      <FormField label={t.audience}>
        {(id) => (
          <Select
            id={id}
            value={form.audience}
            options={audiences.map((value) => ({ value, label: t.publicTo[value] }))}
            onChange={(audience) => set({ audience })}
          />
        )}
      </FormField>
      <Checkbox checked={form.isSingleAward} onChange={(e) => set({ isSingleAward: e.target.checked })}>
        {t.singleAward}
      </Checkbox>
      <FormField label={t.batchRules}>
        {(id) => (
          <TextBox id={id} maxLength={4000} value={form.rules} onChange={(e) => set({ rules: e.target.value })} />
        )}
      </FormField>
      <FormField label={t.source}>
        {(id) => (
          <Input id={id} maxLength={200} value={form.source} onChange={(e) => set({ source: e.target.value })} />
        )}
      </FormField>
    </FormDrawer>
  );
}
