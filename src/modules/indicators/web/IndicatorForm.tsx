import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { type Client, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FormBody, FormFoot } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { indicators } from '../contract.ts';
import { Definition } from '../definition.ts';
import { indicatorUnits } from '../formula-unit.ts';
import { emptyDefinition, readDraft } from './draft.ts';
import { FormulaField } from './FormulaField.tsx';
import { nameOf } from './IndicatorDrawer.tsx';
import './indicators.css';
import { Trial } from './Trial.tsx';
import * as text from './text.ts';

type Listed = Awaited<ReturnType<Client<typeof indicators>['list']>>;

/** Defines an indicator, or changes one: read while it is typed, tried on real data, saved as a new version with a reason. */
export function IndicatorFormPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(indicators);
  const { code } = useParams();
  const list = useQuery({
    queryKey: ['indicators', 'list', 'form'],
    queryFn: ({ signal }) => api.list({}, { signal }),
  });
  useLiveRefetch(['indicators.defined'], [['indicators']]);
  const current = list.data?.indicators.find((i) => i.definition.code === code);
  const isMissing = list.data !== undefined && code !== undefined && !current;
  return (
    <>
      <PageHead
        title={
          code === undefined ? t.form.newTitle : t.form.editTitle(current ? words(nameOf(current.definition)) : code)
        }
        crumbs={<Link to="/dispatch/indicators">{t.form.back}</Link>}
      />
      <Slot name="dispatch.page.tabs" />
      <div className="page-body indicators-body">
        {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
        {isMissing && <Empty title={t.form.missing} />}
        {list.data && !isMissing && <IndicatorForm key={code ?? ''} list={list.data} code={code ?? null} />}
      </div>
    </>
  );
}

function IndicatorForm({ list, code }: { list: Listed; code: string | null }) {
  const all = useText(text);
  const t = all.form;
  const words = useWords();
  const api = useClient(indicators);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const current = list.indicators.find((i) => i.definition.code === code);
  const draft = useDraft(`indicators.${code ?? 'new'}`, {
    definition: current?.definition ?? emptyDefinition,
    /** The version that was read when typing began. */
    base: current?.version ?? 0,
    reason: '',
  });
  const { definition, base, reason } = draft.value;
  const set = (change: Partial<Definition>) =>
    draft.set((now) => ({ ...now, definition: { ...now.definition, ...change } }));
  const definitions = list.indicators.map((i) => i.definition);
  const reading = readDraft(definition, code, definitions, list.measures);
  const checked = Definition.safeParse(definition);
  const hasMoved = current !== undefined && current.version !== base;
  const isReady = checked.success && reading.state === 'good' && reason.trim().length >= 2 && !hasMoved;
  const leave = (open: string | null) => navigate(`/dispatch/indicators${open ? `?open=${open}` : ''}`);
  const save = useMutation({
    mutationFn: () => api.save({ definition, version: base, reason }),
    onSuccess: async ({ version }) => {
      draft.clear();
      message.success(t.saved(version));
      await cache.invalidateQueries({ queryKey: ['indicators'] });
      leave(definition.code);
    },
    // Somebody else's version may be the cause: it is fetched, and the page says what it is.
    onError: () => void cache.invalidateQueries({ queryKey: ['indicators', 'list', 'form'] }),
  });
  const taken = (field: 'code' | 'name') =>
    reading.state === 'faulty' && reading.isOwn && reading.fault.field === field
      ? words(reading.fault.plain)
      : undefined;
  const misspelt = (value: string, shape: typeof Definition.shape.code) =>
    value !== '' && !shape.safeParse(value).success;
  return (
    <FormBody
      className="card indicator-form"
      error={save.error}
      fields={['definition.code', 'definition.name.zh']}
      isReady={isReady}
      onSave={() => save.mutate()}
      foot={<FormFoot isPending={save.isPending} isReady={isReady} saveWords={t.save} onClose={() => leave(code)} />}
    >
      {draft.restoredAt !== null && (
        <p className="soft">
          {t.restored}{' '}
          <Button size="small" onClick={draft.clear}>
            {t.discard}
          </Button>
        </p>
      )}
      {hasMoved && (
        <p className="indicator-moved" role="alert">
          {t.moved(current.version, current.definition.formula)}{' '}
          <Button size="small" onClick={() => draft.set((now) => ({ ...now, base: current.version }))}>
            {t.rebase}
          </Button>
        </p>
      )}
      <div className="indicator-row">
        <FormField
          label={t.nameZh}
          hint={t.nameHint}
          fault={
            taken('name') ??
            (misspelt(definition.name.zh, Definition.shape.name.shape.zh) ? t.nameHint : undefined) ??
            fieldSentence(save.error, 'definition.name.zh')
          }
        >
          {(id) => (
            <Input
              id={id}
              value={definition.name.zh}
              maxLength={40}
              onChange={(e) => set({ name: { ...definition.name, zh: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.nameEn}>
          {(id) => (
            <Input
              id={id}
              value={definition.name.en}
              maxLength={200}
              onChange={(e) => set({ name: { ...definition.name, en: e.target.value } })}
            />
          )}
        </FormField>
        <FormField
          label={t.code}
          hint={t.codeHint}
          fault={
            taken('code') ??
            (misspelt(definition.code, Definition.shape.code) ? t.codeHint : undefined) ??
            fieldSentence(save.error, 'definition.code')
          }
        >
          {(id) => (
            <Input
              id={id}
              className="formula"
              value={definition.code}
              maxLength={40}
              disabled={code !== null}
              onChange={(e) => set({ code: e.target.value })}
            />
          )}
        </FormField>
      </div>
      <FormulaField
        value={definition.formula}
        reading={reading}
        measures={list.measures}
        others={definitions.filter((d) => d.code !== code)}
        onChange={(formula) => set({ formula })}
      />
      <div className="indicator-row">
        <FormField label={t.unit}>
          {(id) => (
            <Select
              id={id}
              value={definition.unit}
              options={indicatorUnits.map((value) => ({ value, label: all.units[value] }))}
              onChange={(unit) => set({ unit })}
            />
          )}
        </FormField>
        <FormField label={t.decimals}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={6}
              precision={0}
              value={definition.decimals}
              onChange={(decimals) => decimals !== null && set({ decimals })}
            />
          )}
        </FormField>
        <FormField label={t.direction}>
          {(id) => (
            <Select
              id={id}
              value={definition.direction}
              options={(['up', 'down', 'none'] as const).map((value) => ({ value, label: all.directions[value] }))}
              onChange={(direction) => set({ direction })}
            />
          )}
        </FormField>
      </div>
      <Trial definition={definition} isGood={reading.state === 'good'} />
      <div className="indicator-row">
        <FormField label={t.caliberZh}>
          {(id) => (
            <TextBox
              id={id}
              value={definition.caliber.zh}
              maxLength={120}
              onChange={(e) => set({ caliber: { ...definition.caliber, zh: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.caliberEn}>
          {(id) => (
            <TextBox
              id={id}
              value={definition.caliber.en}
              maxLength={200}
              onChange={(e) => set({ caliber: { ...definition.caliber, en: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.basis} hint={t.basisHint}>
          {(id) => (
            <TextBox
              id={id}
              value={definition.basis}
              maxLength={300}
              onChange={(e) => set({ basis: e.target.value })}
            />
          )}
        </FormField>
      </div>
      <FormField label={t.reason} hint={t.reasonHint}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={300}
            onChange={(e) => draft.set((now) => ({ ...now, reason: e.target.value }))}
          />
        )}
      </FormField>
    </FormBody>
  );
}
