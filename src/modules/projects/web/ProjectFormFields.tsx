import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { type CodedField, codeFindings } from '../code-check.ts';
import { planKindWords, stageWords } from '../column-words.ts';
import { type ProjectFields, projects } from '../contract.ts';
import { industryName } from '../gb-industry.ts';
import { coordinateSystems, planKinds, stages } from '../stages.ts';
import { DateField, Field, MoneyField, PackageSelect, UnitSelect } from './fields.tsx';
import type { FormDraft } from './form-draft.ts';
import * as text from './text.ts';
import { useRegions } from './use-regions.ts';

interface Props {
  draft: FormDraft;
  set: (next: (now: FormDraft) => FormDraft) => void;
  faults: Partial<Record<string, string>>;
  names: Record<string, string>;
  self: string | undefined;
  needsReason: boolean;
  isNew: boolean;
  canPlan: boolean;
  hidesContact: boolean;
}

/** The fields of a project in the order in which a clerk has them on the table: what, who, when, how much, where. */
export function ProjectFormFields(props: Props) {
  const { draft, set, faults, names, self, isNew } = props;
  const t = useText(text);
  const language = useLanguage();
  const f = t.field;
  const fields = draft.fields;
  const put = (part: Partial<ProjectFields>) => set((now) => ({ ...now, fields: { ...now.fields, ...part } }));
  const write = (part: Partial<FormDraft['texts']>) => set((now) => ({ ...now, texts: { ...now.texts, ...part } }));
  const choices = useQuery({ queryKey: ['projects', 'choices'], queryFn: useChoices(), staleTime: 300_000 });
  const regions = useRegions();
  const options = (labels: readonly string[] | undefined) => (labels ?? []).map((value) => ({ value, label: value }));
  const line = (
    field:
      | 'name'
      | 'code'
      | 'industry'
      | 'address'
      | 'funds'
      | 'responsibleName'
      | 'leaderName'
      | 'contactName'
      | 'contactPhone'
      | 'enrolledCode'
      | 'source'
      | 'remark',
    max: number,
    extra: { hint?: ReactNode; wide?: boolean } = {},
  ) => (
    <Field label={f[field]} name={field} error={faults[field]} {...extra}>
      <Input
        value={fields[field] ?? ''}
        maxLength={max}
        aria-label={f[field]}
        aria-required={field === 'name'}
        status={faults[field] ? 'error' : ''}
        onChange={(event) =>
          put({ [field]: event.target.value === '' && field !== 'name' ? null : event.target.value })
        }
      />
    </Field>
  );
  const date = (field: 'startPlanned' | 'startActual' | 'finishPlanned' | 'finishActual' | 'enrolledOn') => (
    <DateField
      label={f[field]}
      name={field}
      value={draft.texts[field]}
      fault={faults[field]}
      onChange={(value) => write({ [field]: value })}
    />
  );
  const money = (field: 'totalYuan' | 'doneBeforeYuan' | 'planYuan') => (
    <MoneyField
      label={f[field]}
      name={field}
      value={draft.texts[field]}
      fault={faults[field]}
      onChange={(value) => write({ [field]: value })}
    />
  );
  const unit = (
    field: 'ownerUnitId' | 'leadUnitId' | 'commandUnitId' | 'countyUnitId',
    kind?: 'commandPost' | 'county',
  ) => {
    const words = field === 'ownerUnitId' ? fields.ownerText : field === 'leadUnitId' ? fields.leadText : null;
    return (
      <Field
        label={f[field]}
        name={field}
        error={faults[field]}
        hint={words && fields[field] === null ? t.unitText(words) : undefined}
      >
        <UnitSelect
          label={f[field]}
          value={fields[field]}
          initialName={fields[field] ? names[field] : undefined}
          {...(kind && { kind })}
          onChange={(id) => put({ [field]: id })}
        />
      </Field>
    );
  };
  const findings = codeFindings(fields, regions);
  const doubtOf = (field: CodedField) => {
    const found = findings.find((finding) => finding.field === field && finding.severity === 'warn');
    return found && <span className="warn">{found.words[language]}</span>;
  };

  return (
    <>
      <Section title={t.sections.what}>
        {line('name', 200, { wide: true, hint: t.required })}
        {line('code', 60, { hint: doubtOf('code') })}
        <Field label={f.board} name="board" error={faults.board}>
          <AutoComplete
            value={fields.board ?? ''}
            options={options(choices.data?.board.map((c) => c.label))}
            aria-label={f.board}
            onChange={(value: string) => put({ board: value || null })}
          />
        </Field>
        <Field label={f.nature} name="nature">
          <AutoComplete
            value={fields.nature ?? ''}
            options={options(choices.data?.nature.map((c) => c.label))}
            aria-label={f.nature}
            onChange={(value: string) => put({ nature: value || null })}
          />
        </Field>
        {line('industry', 20, {
          hint: doubtOf('industry') ?? (fields.industry ? industryName(fields.industry) : undefined) ?? t.industryHint,
        })}
        <Field label={f.stage} name="stage" error={faults.stage} hint={isNew ? undefined : t.stageByGate}>
          {isNew ? (
            <Select
              value={fields.stage}
              aria-label={f.stage}
              options={stages.map((value) => ({ value, label: stageWords[value][language] }))}
              onChange={(stage) => put({ stage })}
            />
          ) : (
            <Input value={stageWords[fields.stage][language]} aria-label={f.stage} readOnly disabled />
          )}
        </Field>
        <Field label={f.planKind} name="planKind">
          <Select
            allowClear
            value={fields.planKind}
            aria-label={f.planKind}
            options={planKinds.map((value) => ({ value, label: planKindWords[value][language] }))}
            onChange={(value) => put({ planKind: value ?? null })}
          />
        </Field>
        <Field label={f.tiers} name="tiers">
          <Select
            mode="tags"
            value={fields.tiers}
            aria-label={f.tiers}
            options={options(choices.data?.tier.map((c) => c.label))}
            onChange={(tiers: string[]) => put({ tiers })}
          />
        </Field>
        <Field label={f.parentId} name="parentId" error={faults.parentId}>
          <PackageSelect
            value={fields.parentId}
            initialName={names.parentId}
            self={self}
            onChange={(parentId) => put({ parentId })}
          />
        </Field>
        <Field label={f.content} name="content" wide>
          <Input.TextArea
            rows={3}
            maxLength={4000}
            value={fields.content ?? ''}
            aria-label={f.content}
            onChange={(event) => put({ content: event.target.value || null })}
          />
        </Field>
      </Section>
      <Section title={t.sections.who}>
        {unit('leadUnitId')}
        {line('responsibleName', 60)}
        {unit('ownerUnitId')}
        {line('leaderName', 60)}
        {unit('commandUnitId', 'commandPost')}
        {unit('countyUnitId', 'county')}
        {!props.hidesContact && line('contactName', 60)}
        {!props.hidesContact && line('contactPhone', 60)}
      </Section>
      <Section title={t.sections.when}>
        {date('startPlanned')}
        {date('finishPlanned')}
        {date('startActual')}
        {date('finishActual')}
      </Section>
      <Section title={t.sections.money}>
        {money('totalYuan')}
        {money('doneBeforeYuan')}
        {isNew && props.canPlan && money('planYuan')}
        {isNew && props.canPlan && (
          <Field label={t.planGoal} name="goal">
            <Input
              value={draft.goal}
              maxLength={1000}
              aria-label={t.planGoal}
              onChange={(event) => set((now) => ({ ...now, goal: event.target.value }))}
            />
          </Field>
        )}
        {line('funds', 1000, { wide: true })}
      </Section>
      <Section title={t.sections.where}>
        <Field label={f.regionCode} name="regionCode" error={faults.regionCode} hint={doubtOf('regionCode')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={fields.regionCode}
            aria-label={f.regionCode}
            options={regions.map((region) => ({ value: region.code, label: region.name }))}
            onChange={(value) => put({ regionCode: value ?? null })}
          />
        </Field>
        {line('address', 200)}
        <Field label={t.lng} name="point" error={faults.point}>
          <Input
            inputMode="decimal"
            value={draft.texts.lng}
            aria-label={t.lng}
            placeholder="113.12890"
            onChange={(event) => write({ lng: event.target.value })}
          />
        </Field>
        <Field label={t.lat}>
          <Input
            inputMode="decimal"
            value={draft.texts.lat}
            aria-label={t.lat}
            placeholder="29.35710"
            onChange={(event) => write({ lat: event.target.value })}
          />
        </Field>
        <Field label={t.crs}>
          <Select
            value={fields.point?.crs ?? 'WGS-84'}
            aria-label={t.crs}
            options={options(coordinateSystems)}
            onChange={(crs) =>
              put({
                point: {
                  x: fields.point?.x ?? 0,
                  y: fields.point?.y ?? 0,
                  crs: crs as (typeof coordinateSystems)[number],
                },
              })
            }
          />
        </Field>
        {draft.texts.lng !== '' && (
          <Field label=" " group>
            <Button size="small" onClick={() => write({ lng: '', lat: '' })}>
              {t.clearPoint}
            </Button>
          </Field>
        )}
      </Section>
      <Section title={t.sections.statistics}>
        <Field label={f.enrolled} name="enrolled" error={faults.enrolled} group>
          <Checkbox checked={fields.enrolled} onChange={(event) => put({ enrolled: event.target.checked })}>
            {t.yes}
          </Checkbox>
        </Field>
        {date('enrolledOn')}
        {line('enrolledCode', 60)}
      </Section>
      <Section title={t.sections.origin}>
        {line('source', 300, { wide: true })}
        {line('remark', 1000, { wide: true })}
      </Section>
      {!isNew && (
        <Section title={t.reason}>
          <Field
            label={t.reason}
            name="reason"
            error={faults.reason}
            hint={props.needsReason ? t.reasonWhy : undefined}
          >
            <Input
              value={draft.reason}
              maxLength={300}
              placeholder={t.reasonPlaceholder}
              aria-label={t.reason}
              status={faults.reason ? 'error' : ''}
              onChange={(event) => set((now) => ({ ...now, reason: event.target.value }))}
            />
          </Field>
          <Field label={t.document}>
            <Input
              value={draft.document}
              maxLength={300}
              placeholder={t.documentPlaceholder}
              aria-label={t.document}
              onChange={(event) => set((now) => ({ ...now, document: event.target.value }))}
            />
          </Field>
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="card">
      <legend>{title}</legend>
      <div className="fields">{children}</div>
    </fieldset>
  );
}

function useChoices() {
  const api = useClient(projects);
  return ({ signal }: { signal: AbortSignal }) => api.choices({}, { signal });
}
