import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { parseAmount } from '../amount.ts';
import { type CategoryCode, categories, categoryOf } from '../categories.ts';
import { factors, type Pool } from '../contract.ts';
import { AmountInput } from './AmountInput.tsx';
import { keys } from './keys.ts';
import { amountOf, figureOf } from './show.ts';
import * as text from './text.ts';

export type PoolAct = 'open' | 'resize' | 'allot' | 'withdraw';

/** The four things done to a pool. What it has left, or what a project lacks, stands beside the amount before it is typed. */
export function PoolForm({
  kind,
  pool,
  year: askedYear,
  onClose,
}: {
  kind: PoolAct;
  pool: Pool | undefined;
  year: number;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [code, setCode] = useState<CategoryCode>(pool?.category ?? 'land');
  const [year, setYear] = useState(askedYear);
  const [name, setName] = useState('');
  const [projectId, setProjectId] = useState<string | null>(null);
  const [amount, setAmount] = useState('');
  const [document, setDocument] = useState('');
  const [reason, setReason] = useState('');
  const category = categoryOf(code);
  const parsed = parseAmount(amount, category.decimals);
  const isOfProject = kind === 'allot' || kind === 'withdraw';
  const save = useMutation({
    mutationFn: async () => {
      const id = pool?.id ?? '';
      const common = { id, document: document.trim() };
      if (kind === 'open')
        return api.createPool({ category: code, year, name: name.trim(), size: parsed!, document: common.document });
      if (kind === 'resize') return api.resizePool({ ...common, version: pool!.version, size: parsed! });
      if (kind === 'allot') return api.allot({ ...common, projectId: projectId!, amount: parsed! });
      return api.withdraw({ ...common, projectId: projectId!, amount: parsed!, reason: reason.trim() });
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.all });
      void message.success(t.saved);
      onClose();
    },
  });
  const refused = (field: string) => fieldSentence(save.error, field);
  const isReady =
    parsed !== null &&
    document.trim() !== '' &&
    (kind !== 'open' || name.trim() !== '') &&
    (!isOfProject || (projectId !== null && parsed > 0)) &&
    (kind !== 'withdraw' || reason.trim() !== '');
  const title = {
    open: t.createPool,
    resize: t.pool.resizeTitle(pool?.name ?? ''),
    allot: t.pool.allotTitle(pool?.name ?? ''),
    withdraw: t.pool.withdrawTitle(pool?.name ?? ''),
  }[kind];
  return (
    <FormDrawer
      title={title}
      error={save.error}
      fields={['amount', 'size', 'projectId']}
      isPending={save.isPending}
      isReady={isReady}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {kind === 'open' && (
        <>
          <div className="form-pair">
            <FormField label={t.category}>
              {(id) => (
                <Select
                  id={id}
                  value={code}
                  options={categories.map((c) => ({ value: c.code, label: words(c.name) }))}
                  onChange={setCode}
                />
              )}
            </FormField>
            <FormField label={t.pool.year}>
              {(id) => (
                <InputNumber id={id} value={year} min={2000} max={2100} onChange={(value) => value && setYear(value)} />
              )}
            </FormField>
          </div>
          <FormField label={t.pool.name}>
            {(id) => <Input id={id} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />}
          </FormField>
        </>
      )}
      {isOfProject && pool && (
        <FormField label={t.pool.project} fault={refused('projectId')}>
          {(id) => <ProjectPick id={id} kind={kind} pool={pool} value={projectId} onChange={setProjectId} />}
        </FormField>
      )}
      <AmountInput
        label={isOfProject ? t.pool.amount : t.pool.size}
        category={category}
        value={amount}
        refused={refused('amount') ?? refused('size')}
        hint={pool && kind !== 'withdraw' ? t.pool.left1(amountOf(code, pool.size - pool.allotted, words)) : undefined}
        onChange={setAmount}
      />
      <FormField label={t.pool.document} hint={t.pool.documentHint}>
        {(id) => (
          <Input id={id} value={document} maxLength={200} onChange={(event) => setDocument(event.target.value)} />
        )}
      </FormField>
      {kind === 'withdraw' && (
        <FormField label={t.pool.reason}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}
        </FormField>
      )}
    </FormDrawer>
  );
}

/** To allot: projects that lack the category. To withdraw: projects that hold some of this pool. */
function ProjectPick({
  id,
  kind,
  pool,
  value,
  onChange,
}: {
  id: string;
  kind: PoolAct;
  pool: Pool;
  value: string | null;
  onChange: (projectId: string) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const [q, setQ] = useState('');
  const query = { category: pool.category, q, limit: 200 };
  const found = useQuery({
    queryKey: keys.table(query),
    queryFn: ({ signal }) => api.table(query, { signal }),
    placeholderData: (before) => before,
    enabled: kind === 'allot',
  });
  const lacking = (found.data?.rows ?? []).flatMap((row) => {
    const cell = row.cells[pool.category];
    const gap = cell ? cell.demand - cell.supplied : 0;
    const label = t.pool.gapOf(row.name, amountOf(pool.category, gap, words));
    return gap > 0 ? [{ value: row.projectId, label }] : [];
  });
  const holders = [...Map.groupBy(pool.allotments, (a) => a.projectId)].flatMap(([projectId, own]) => {
    const held = own.reduce((sum, a) => sum + a.amount, 0);
    const label = t.pool.heldOf(own[0]!.projectName, figureOf(pool.category, held));
    return held > 0 && label.includes(q) ? [{ value: projectId, label }] : [];
  });
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setQ }}
      placeholder={kind === 'allot' ? t.pool.pickProject : t.pool.pickHeld}
      value={value}
      options={kind === 'allot' ? lacking : holders}
      onChange={onChange}
    />
  );
}
