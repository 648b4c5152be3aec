import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { blankProject } from '../blank-project.ts';
import { changesBetween, unexplained } from '../changes.ts';
import { serialText } from '../column-words.ts';
import { type Project, type ProjectFields, projects } from '../contract.ts';
import { doubtsOf, faultsOf } from '../entry.ts';
import { draftOf, type FormDraft, fieldsOfProject, readDraft, rebased } from './form-draft.ts';
import { ProjectFormFields } from './ProjectFormFields.tsx';
import * as text from './text.ts';
import './projects.css';

export function NewProjectPage() {
  const t = useText(text);
  const [params] = useSearchParams();
  const parentId = params.get('parent');
  const api = useClient(projects);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { today } = useSession();
  const { message } = App.useApp();
  const parent = useQuery({
    queryKey: ['projects', 'one', parentId, 'parent'],
    queryFn: ({ signal }) => api.get({ id: parentId! }, { signal }),
    enabled: parentId !== null,
  });
  const initial = draftOf({ ...blankProject(''), parentId }, 0);
  const create = useMutation({
    mutationFn: ({
      fields,
      planYuan,
      goal,
    }: {
      fields: ProjectFields;
      planYuan: number | null;
      goal: string;
      clear: () => void;
    }) =>
      api.create({
        ...fields,
        ...((planYuan !== null || goal) && { plan: { year: yearOf(today), planYuan, goal: goal || null } }),
      }),
    onSuccess: (made, { clear }) => {
      clear();
      void message.success(t.created(serialText(made.serial)));
      void cache.invalidateQueries({ queryKey: ['projects'] });
      void navigate(`/projects/${made.id}`);
    },
  });
  return (
    <EntryForm
      key={parentId ?? ''}
      title={t.newTitle}
      draftKey={`projects.new.${parentId ?? ''}`}
      initial={initial}
      names={parent.data ? { parentId: parent.data.name } : {}}
      error={create.error}
      isSaving={create.isPending}
      submitWords={t.create}
      onSubmit={(read, draft, clear) =>
        create.mutate({ fields: read.fields, planYuan: read.planYuan, goal: draft.goal.trim(), clear })
      }
      onCancel={() => void navigate(-1)}
    />
  );
}

export function EditProjectPage() {
  const { id = '' } = useParams();
  const api = useClient(projects);
  const project = useQuery({
    queryKey: ['projects', 'one', id, 'edit'],
    queryFn: ({ signal }) => api.get({ id }, { signal }),
    staleTime: 0,
  });
  if (project.error && !project.data)
    return <ProblemView error={project.error} onRetry={() => void project.refetch()} />;
  if (!project.data) return <p className="page-wait">…</p>;
  return <EditProject key={project.data.id} project={project.data} onReload={() => void project.refetch()} />;
}

function EditProject({ project, onReload }: { project: Project; onReload: () => void }) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const before = fieldsOfProject(project, blankProject(''));
  const update = useMutation({
    mutationFn: ({ changes, draft }: { changes: Partial<ProjectFields>; draft: FormDraft; clear: () => void }) =>
      api.update({
        id: project.id,
        version: draft.version,
        changes,
        ...(draft.reason.trim() && { reason: draft.reason.trim() }),
        ...(draft.document.trim() && { document: draft.document.trim() }),
      }),
    onSuccess: (_, { clear }) => {
      clear();
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      void navigate(`/projects/${project.id}`);
    },
    onError: (error) => {
      if (isStale(error)) onReload();
    },
  });
  return (
    <EntryForm
      title={t.editTitle(project.name)}
      draftKey={`projects.edit.${project.id}`}
      initial={draftOf(before, project.version)}
      names={namesOf(project)}
      self={project.id}
      hidesContact={project.contactHidden}
      error={update.error}
      isSaving={update.isPending}
      submitWords={t.save}
      newest={{ fields: before, version: project.version }}
      onSubmit={(read, draft, clear) => {
        const changes = Object.fromEntries(changesBetween(draft.base, read.fields).map((c) => [c.field, c.after]));
        update.mutate({ changes, draft, clear });
      }}
      onCancel={() => void navigate(`/projects/${project.id}`)}
    />
  );
}

const isStale = (error: unknown): boolean => error instanceof ProblemError && error.code === 'stale_version';

const namesOf = (project: Project): Record<string, string> => ({
  ...(project.parent && { parentId: project.parent.name }),
  ...(project.owner && { ownerUnitId: project.owner.name }),
  ...(project.lead && { leadUnitId: project.lead.name }),
  ...(project.command && { commandUnitId: project.command.name }),
  ...(project.county && { countyUnitId: project.county.name }),
});

interface EntryFormProps {
  title: string;
  draftKey: string;
  initial: FormDraft;
  /** Names of units and package already chosen, by field. */
  names: Record<string, string>;
  self?: string;
  /** The project as it now stands; undefined for a new one. */
  newest?: { fields: ProjectFields; version: number };
  hidesContact?: boolean;
  error: unknown;
  isSaving: boolean;
  submitWords: string;
  onSubmit: (read: { fields: ProjectFields; planYuan: number | null }, draft: FormDraft, clear: () => void) => void;
  onCancel: () => void;
}

/** One form for entering and changing. It keeps a draft, names every fault at its field and goes to the first. */
function EntryForm({
  title,
  draftKey,
  initial,
  names,
  self,
  newest,
  hidesContact = false,
  error,
  isSaving,
  submitWords,
  onSubmit,
  onCancel,
}: EntryFormProps) {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const { today } = useSession();
  const draft = useDraft<FormDraft>(draftKey, initial);
  const [isShown, setShown] = useState(false);
  const read = readDraft(draft.value, t);
  const faults: Partial<Record<string, string>> = { ...read.faults };
  for (const fault of faultsOf(read.fields, today)) faults[fault.field] ??= fault.words[language];
  const isNew = newest === undefined;
  const needsReason = !isNew && unexplained(changesBetween(draft.value.base, read.fields)).length > 0;
  const isBehind = newest !== undefined && newest.version > draft.value.version;
  if (needsReason && draft.value.reason.trim() === '') faults.reason = t.reasonWhy;
  if (error instanceof ProblemError && error.field) faults[error.field] ??= error.words[language];
  const doubts = doubtsOf(read.fields);
  const submit = () => {
    setShown(true);
    const own = Object.keys(faults).filter((field) => !(error instanceof ProblemError && error.field === field));
    if (own.length === 0) return onSubmit(read, draft.value, draft.clear);
    requestAnimationFrame(() => {
      const first = document.querySelector<HTMLElement>('.field.wrong input, .field.wrong textarea');
      first?.scrollIntoView({ block: 'center' });
      first?.focus();
    });
  };
  return (
    <form
      className="entry"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PageHead
        title={title}
        actions={
          <>
            <Button onClick={onCancel}>{t.cancel}</Button>
            <Button type="primary" htmlType="submit" loading={isSaving}>
              {submitWords}
            </Button>
          </>
        }
      />
      <div className="page-body">
        {isBehind && (
          <div className="notice" role="alert">
            {t.stalePage}{' '}
            <Button size="small" onClick={() => draft.set((now) => rebased(now, newest.fields, newest.version, t))}>
              {t.reload}
            </Button>
          </div>
        )}
        {draft.restoredAt && (
          <div className="notice">
            {t.draftRestored(moment(draft.restoredAt))}{' '}
            <Button size="small" onClick={draft.clear}>
              {t.discardDraft}
            </Button>
          </div>
        )}
        <ProjectFormFields
          draft={draft.value}
          set={draft.set}
          faults={isShown || error ? faults : {}}
          names={names}
          self={self}
          needsReason={needsReason}
          isNew={isNew}
          canPlan={can('projects.plan')}
          hidesContact={hidesContact}
        />
        {doubts.length > 0 && (
          <div className="notice warn">
            {t.warnings}：{doubts.map((doubt) => doubt.words[language]).join('；')}
          </div>
        )}
        {!!error && !(error instanceof ProblemError && error.field) && !isStale(error) && (
          <ProblemView error={error} compact />
        )}
      </div>
    </form>
  );
}
