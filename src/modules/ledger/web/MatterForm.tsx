import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { ledger } from '../contract.ts';
import {
  categories,
  kindWords,
  levelWords,
  type MatterLevel,
  matterKinds,
  matterLevels,
  sourceKinds,
  sourceWords,
  urgencies,
  urgencyWords,
} from '../kinds.ts';
import * as text from './form-text.ts';
import { KindFields } from './KindFields.tsx';
import { LimitPick } from './LimitPick.tsx';
import { inputOfDraft, isVerifierInside, type MatterDraft, missingFields, withKind } from './matter-draft.ts';
import { matterKeys } from './matter-keys.ts';
import * as matterText from './matter-text.ts';
import { type Named, UnitPick, UnitsPick } from './UnitPick.tsx';
import { useOneOf } from './use-matter.ts';

/** The form of a matter not yet issued: new (kind still open), or a draft that is changed (kind fixed). */
export function MatterForm({
  draft,
  onChange,
  existing,
  onDone,
  above,
}: {
  draft: MatterDraft;
  onChange: (change: (now: MatterDraft) => MatterDraft) => void;
  existing?: { id: string; version: number };
  /** Saved: whatever was kept of the form can go. */
  onDone: () => void;
  above?: ReactNode;
}) {
  const t = useText(text);
  const d = useText(matterText).details;
  const words = useWords();
  const can = useCan();
  const call = useClient(ledger);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const oneOf = useOneOf();
  const save = useMutation({
    mutationFn: async (issue: boolean) => {
      const input = inputOfDraft(draft);
      if (!existing) return await call.raise({ ...input, issue });
      const done = await call.edit({ id: existing.id, version: existing.version, changes: input });
      if (issue) await oneOf(call.issue({ ids: [existing.id] }));
      return done;
    },
    onSuccess: (done, issue) => {
      onDone();
      void message.success(`${done.no} ${issue ? t.issued : t.saved}`);
      void cache.invalidateQueries({ queryKey: matterKeys.all });
      void navigate(`/matters/${done.id}`, { replace: true });
    },
    onError: () => void cache.invalidateQueries({ queryKey: matterKeys.all }),
  });
  const fault = (field: string) => fieldSentence(save.error, field);
  const set = (change: Partial<MatterDraft>) => onChange((now) => ({ ...now, ...change }));
  const lacks = [
    ...(draft.title.trim().length < 2 ? [t.missingTitle] : []),
    ...missingFields(draft).map((field) => d[field as 'place']),
  ];
  const isInside = isVerifierInside(draft);
  const lacksToIssue = draft.lead ? lacks : [...lacks, t.missingLead];
  const isReady = lacks.length === 0 && !isInside;
  const shownFields = [
    'title',
    'leadUnitId',
    'leadLeaderId',
    'coUnitIds',
    'verifierUnitId',
    'projectId',
    'template',
    'dueOn',
  ];
  const isShown = shownFields.some((field) => fault(field) !== undefined);

  return (
    <form
      className="mf"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate(false);
      }}
    >
      {above}
      <fieldset className="mf-kinds">
        <legend>{t.kind}</legend>
        {matterKinds.map((kind) => (
          <label key={kind} className={draft.kind === kind ? 'on' : undefined}>
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={draft.kind === kind}
              disabled={existing !== undefined && draft.kind !== kind}
              onChange={() => onChange((now) => withKind(now, kind))}
            />
            <b>{words(kindWords[kind])}</b>
            <small>{t.kinds[kind]}</small>
          </label>
        ))}
        {existing && <p className="muted">{t.kindFixed}</p>}
      </fieldset>

      <section>
        <h2 className="h2">{t.what}</h2>
        <div className="mf-fields">
          <div className="wide">
            <FormField label={t.title} hint={t.titleHint} fault={fault('title')}>
              {(id) => (
                <Input
                  id={id}
                  value={draft.title}
                  maxLength={300}
                  onChange={(event) => set({ title: event.target.value })}
                />
              )}
            </FormField>
          </div>
          <div className="wide">
            <FormField label={t.body} hint={t.bodyHint} fault={fault('body')}>
              {(id) => (
                <TextBox
                  id={id}
                  minRows={3}
                  value={draft.body}
                  maxLength={10_000}
                  onChange={(event) => set({ body: event.target.value })}
                />
              )}
            </FormField>
          </div>
        </div>
        <KindFields
          kind={draft.kind}
          fields={draft.fields}
          fault={fault}
          onChange={(field, value) => onChange((now) => ({ ...now, fields: { ...now.fields, [field]: value } }))}
        />
        <div className="mf-fields">
          <FormField label={t.category}>
            {(id) => (
              <Select
                id={id}
                value={draft.category}
                options={Object.entries(categories).map(([code, name]) => ({ value: code, label: words(name) }))}
                onChange={(category: string) => set({ category })}
              />
            )}
          </FormField>
          <FormField label={t.urgency}>
            {(id) => (
              <Select
                id={id}
                value={draft.urgency}
                options={urgencies.map((one) => ({ value: one, label: words(urgencyWords[one]) }))}
                onChange={(urgency) => set({ urgency })}
              />
            )}
          </FormField>
          <ProjectField value={draft.project} fault={fault('projectId')} onChange={(project) => set({ project })} />
        </div>
      </section>

      <section>
        <h2 className="h2">{t.source}</h2>
        <div className="mf-fields">
          <FormField label={t.sourceKind}>
            {(id) => (
              <Select
                id={id}
                value={draft.sourceKind}
                options={sourceKinds.map((one) => ({ value: one, label: words(sourceWords[one]) }))}
                onChange={(sourceKind) => set({ sourceKind })}
              />
            )}
          </FormField>
          <DayField label={t.sourceOn} value={draft.sourceOn} onChange={(sourceOn) => set({ sourceOn })} />
          {draft.kind !== 'decision' && draft.kind !== 'finding' && (
            <FormField label={t.sourceTitle} hint={t.sourceTitleHint}>
              {(id) => (
                <Input
                  id={id}
                  value={draft.sourceTitle}
                  maxLength={200}
                  onChange={(event) => set({ sourceTitle: event.target.value })}
                />
              )}
            </FormField>
          )}
          <FormField label={t.sourceRef}>
            {(id) => (
              <Input
                id={id}
                value={draft.sourceRef}
                maxLength={200}
                onChange={(event) => set({ sourceRef: event.target.value })}
              />
            )}
          </FormField>
        </div>
      </section>

      <section>
        <h2 className="h2">{t.who}</h2>
        <div className="mf-fields">
          <FormField label={t.lead} hint={t.leadHint} fault={fault('leadUnitId')}>
            {(id) => <UnitPick id={id} value={draft.lead} onChange={(lead) => set({ lead })} />}
          </FormField>
          {can('organization.read') && (
            <LeaderField value={draft.leader} fault={fault('leadLeaderId')} onChange={(leader) => set({ leader })} />
          )}
          <FormField label={t.co} fault={fault('coUnitIds')}>
            {(id) => (
              <UnitsPick
                id={id}
                value={draft.co}
                without={draft.lead ? [draft.lead.id] : []}
                onChange={(co) => set({ co })}
              />
            )}
          </FormField>
          <FormField
            label={t.verifier}
            hint={t.verifierHint}
            fault={fault('verifierUnitId') ?? (isInside ? t.verifierInside : undefined)}
          >
            {(id) => <UnitPick id={id} value={draft.verifier} onChange={(verifier) => set({ verifier })} />}
          </FormField>
          <FormField label={t.handler}>
            {(id) => (
              <Input
                id={id}
                value={draft.handlerName}
                maxLength={60}
                onChange={(event) => set({ handlerName: event.target.value })}
              />
            )}
          </FormField>
          <FormField label={t.level}>
            {(id) => (
              <Select
                id={id}
                value={draft.level ?? ('' as MatterLevel | '')}
                options={[
                  { value: '' as MatterLevel | '', label: t.levelAuto },
                  ...matterLevels.map((one) => ({ value: one, label: words(levelWords[one]) })),
                ]}
                onChange={(level: MatterLevel | '') => set({ level: level || null })}
              />
            )}
          </FormField>
          <FormField label={t.firm}>
            {(id) => <UnitsPick id={id} value={draft.firms} onChange={(firms) => set({ firms })} />}
          </FormField>
          <FormField label={t.watch}>
            {(id) => <UnitsPick id={id} value={draft.watch} onChange={(watch) => set({ watch })} />}
          </FormField>
        </div>
      </section>

      <section>
        <h2 className="h2">{t.limit}</h2>
        <div className="mf-fields">
          <LimitPick
            template={draft.template}
            urgency={draft.urgency}
            dueOn={draft.dueOn}
            fault={fault}
            onTemplate={(template) => set({ template })}
            onDue={(dueOn) => set({ dueOn })}
          />
        </div>
      </section>

      {save.error && !isShown && <ProblemView compact error={save.error} />}
      <div className="mf-foot">
        <span className="muted" aria-live="polite">
          {lacksToIssue.length > 0 && `${t.missing}${lacksToIssue.join(t.comma)}`}
        </span>
        <Button onClick={() => void navigate(-1)}>{t.cancel}</Button>
        <Button
          htmlType="submit"
          disabled={!isReady}
          loading={save.isPending && save.variables === false}
          type={can('ledger.issue') ? 'default' : 'primary'}
        >
          {t.saveDraft}
        </Button>
        {can('ledger.issue') && (
          <Button
            type="primary"
            disabled={!isReady || lacksToIssue.length > 0}
            loading={save.isPending && save.variables === true}
            onClick={() => save.mutate(true)}
          >
            {t.issue}
          </Button>
        )}
      </div>
    </form>
  );
}

/** A project by name or initials, out of those that this person may see. */
export function ProjectField({
  value,
  fault,
  onChange,
}: {
  value: Named | null;
  fault?: string | undefined;
  onChange: (project: Named | null) => void;
}) {
  const t = useText(text);
  const call = useClient(projects);
  return (
    <FormField label={t.project} fault={fault}>
      {(id) => (
        <SearchPick
          id={id}
          value={value?.id ?? null}
          name={value?.name}
          placeholder={t.pickProject}
          queryKey={['projects', 'pick']}
          find={async (q, signal) =>
            (await call.list({ ...(q && { q }), columns: ['name'], limit: 20 }, { signal })).rows
          }
          onChange={(projectId, name) => onChange(projectId === null ? null : { id: projectId, name: name ?? '' })}
        />
      )}
    </FormField>
  );
}

function LeaderField({
  value,
  fault,
  onChange,
}: {
  value: Named | null;
  fault?: string | undefined;
  onChange: (leader: Named | null) => void;
}) {
  const t = useText(text);
  const call = useClient(organization);
  return (
    <FormField label={t.leader} hint={t.leaderHint} fault={fault}>
      {(id) => (
        <SearchPick
          id={id}
          value={value?.id ?? null}
          name={value?.name}
          placeholder={t.pickPerson}
          queryKey={['organization', 'persons', 'pick']}
          find={async (words, signal) =>
            (await call.persons({ text: words }, { signal })).persons.slice(0, 30).map((person) => ({
              id: person.id,
              name: [person.name, person.posts[0]?.title].filter(Boolean).join(' '),
            }))
          }
          onChange={(personId, name) => onChange(personId === null ? null : { id: personId, name: name ?? '' })}
        />
      )}
    </FormField>
  );
}
