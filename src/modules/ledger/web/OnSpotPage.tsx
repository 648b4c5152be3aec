import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { ledger } from '../contract.ts';
import { categories, kindWords } from '../kinds.ts';
import { EvidenceField } from './acts/EvidenceField.tsx';
import { RestoredNote } from './acts/RestoredNote.tsx';
import { EvidencePicker, inputOf, type Piece } from './EvidencePicker.tsx';
import * as text from './form-text.ts';
import { ProjectField } from './MatterForm.tsx';
import { matterKeys } from './matter-keys.ts';
import * as matterText from './matter-text.ts';
import { type Named, UnitPick } from './UnitPick.tsx';
import './matter.css';

interface Found {
  kind: 'problem' | 'finding';
  title: string;
  category: string;
  place: string;
  inspection: string;
  objectName: string;
  measures: string;
  project: Named | null;
  lead: Named | null;
  pieces: readonly Piece[];
}

/** `/matters/on-spot`: found and mended in one visit; made for one hand and a camera. */
export function OnSpotPage() {
  const t = useText(text);
  const d = useText(matterText).details;
  const words = useWords();
  const { today, units } = useSession();
  const [params] = useSearchParams();
  const call = useClient(ledger);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(0);
  const projectId = params.get('projectId');
  const own = units[0] ?? null;
  const { value, set, restoredAt, clear } = useDraft<Found>(`ledger.onSpot.${projectId ?? ''}`, {
    kind: 'problem',
    title: '',
    category: 'safety',
    place: '',
    inspection: '',
    objectName: '',
    measures: '',
    project: projectId ? { id: projectId, name: params.get('projectName') ?? '' } : null,
    lead: own,
    pieces: [],
  });
  const has = (kind: Piece['kind']) => value.pieces.some((piece) => piece.kind === kind);
  const isFinding = value.kind === 'finding';
  const lacks = [
    ...(value.title.trim().length < 2 ? [t.missingTitle] : []),
    ...(isFinding && !value.inspection.trim() ? [d.inspection] : []),
    ...(isFinding && !value.objectName.trim() ? [d.objectName] : []),
    ...(value.lead ? [] : [t.missingLead]),
    ...(has('photoBefore') ? [] : [t.missingBefore]),
    ...(has('photoAfter') ? [] : [t.missingAfter]),
    ...(value.measures.trim() ? [] : [t.missingMeasures]),
  ];
  const save = useMutation({
    mutationFn: () =>
      call.recordOnSpot({
        kind: value.kind,
        title: value.title.trim(),
        category: value.category,
        source: { kind: 'site', on: today, title: isFinding ? value.inspection.trim() : null },
        projectId: value.project?.id ?? null,
        leadUnitId: value.lead?.id ?? null,
        details: isFinding
          ? {
              kind: 'finding',
              foundOn: today,
              inspection: value.inspection.trim(),
              objectName: value.objectName.trim(),
              groupName: null,
              objectCode: null,
              measures: value.measures.trim(),
            }
          : {
              kind: 'problem',
              foundOn: today,
              place: value.place.trim() || null,
              measures: value.measures.trim(),
            },
        evidence: inputOf(value.pieces),
        measures: value.measures.trim(),
      }),
    onSuccess: (done) => {
      clear();
      void message.success(`${done.no} ${t.recorded}`);
      void cache.invalidateQueries({ queryKey: matterKeys.all });
      void navigate(`/matters/${done.id}`, { replace: true });
    },
  });
  const fault = (field: string) => fieldSentence(save.error, field);
  const change = (next: Partial<Found>) => set((now) => ({ ...now, ...next }));
  const isShown = ['title', 'evidence', 'leadUnitId', 'projectId', 'measures'].some((f) => fault(f) !== undefined);
  return (
    <div className="mf-page">
      <PageHead title={t.onSpotTitle} />
      <form
        className="mf narrow"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacks.length === 0 && busy === 0) save.mutate();
        }}
      >
        <p className="soft">{t.onSpotHelp}</p>
        <RestoredNote restoredAt={restoredAt} onClear={clear} />
        <section>
          <div className="mf-one">
            <FormField label={t.kind}>
              {(id) => (
                <Radio.Group
                  id={id}
                  optionType="button"
                  value={value.kind}
                  onChange={(event) => change({ kind: event.target.value as Found['kind'] })}
                  options={(['problem', 'finding'] as const).map((kind) => ({
                    value: kind,
                    label: words(kindWords[kind]),
                  }))}
                />
              )}
            </FormField>
            <FormField label={t.title} fault={fault('title')}>
              {(id) => (
                <TextBox
                  id={id}
                  value={value.title}
                  maxLength={300}
                  onChange={(event) => change({ title: event.target.value })}
                />
              )}
            </FormField>
            {isFinding && (
              <>
                <FormField label={d.inspection}>
                  {(id) => (
                    <Input
                      id={id}
                      value={value.inspection}
                      maxLength={200}
                      onChange={(event) => change({ inspection: event.target.value })}
                    />
                  )}
                </FormField>
                <FormField label={d.objectName}>
                  {(id) => (
                    <Input
                      id={id}
                      value={value.objectName}
                      maxLength={200}
                      onChange={(event) => change({ objectName: event.target.value })}
                    />
                  )}
                </FormField>
              </>
            )}
            <EvidenceField fault={fault('evidence')}>
              <EvidencePicker
                kinds={{ first: ['photoBefore', 'photoAfter'], rest: [] }}
                pieces={value.pieces}
                onChange={(next) => set((now) => ({ ...now, pieces: next(now.pieces) }))}
                onBusy={setBusy}
              />
            </EvidenceField>
            <FormField label={t.measures} hint={t.measuresHint} fault={fault('measures')}>
              {(id) => (
                <TextBox
                  id={id}
                  value={value.measures}
                  maxLength={2000}
                  onChange={(event) => change({ measures: event.target.value })}
                />
              )}
            </FormField>
            {!isFinding && (
              <FormField label={t.place}>
                {(id) => (
                  <Input
                    id={id}
                    value={value.place}
                    maxLength={200}
                    onChange={(event) => change({ place: event.target.value })}
                  />
                )}
              </FormField>
            )}
            <FormField label={t.category}>
              {(id) => (
                <Select
                  id={id}
                  value={value.category}
                  options={Object.entries(categories).map(([code, name]) => ({ value: code, label: words(name) }))}
                  onChange={(category: string) => change({ category })}
                />
              )}
            </FormField>
            <ProjectField
              value={value.project}
              fault={fault('projectId')}
              onChange={(project) => change({ project })}
            />
            <FormField label={t.lead} fault={fault('leadUnitId')}>
              {(id) => <UnitPick id={id} value={value.lead} onChange={(lead) => change({ lead })} />}
            </FormField>
          </div>
        </section>
        {save.error && !isShown && <ProblemView compact error={save.error} />}
        <div className="mf-foot">
          <span className="muted" aria-live="polite">
            {lacks.length > 0 && `${t.missing}${lacks.join(t.comma)}`}
          </span>
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            disabled={lacks.length > 0 || busy > 0}
            loading={save.isPending}
          >
            {t.record}
          </Button>
        </div>
      </form>
    </div>
  );
}
