import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { addDays } from '#core/shared/day.ts';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { isTyping } from '#core/web/shortcuts.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Schedule, schedules } from '../contract.ts';
import { adopted, moveTask, stretchTask } from '../edit.ts';
import { faultOf } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { Content, Progress } from '../shapes.ts';
import { DraftBar } from './DraftBar.tsx';
import { FixForm } from './FixForm.tsx';
import { type Drag, Gantt } from './Gantt.tsx';
import { GanttLegend } from './GanttLegend.tsx';
import { spanOf, type Zoom, zoomFor, zooms } from './gantt-scale.ts';
import { ImportForm } from './ImportForm.tsx';
import { ScheduleFacts } from './ScheduleFacts.tsx';
import { ScheduleNotices } from './ScheduleNotices.tsx';
import { useShownSchedule } from './shown-schedule.ts';
import { TaskPanel } from './TaskPanel.tsx';
import * as text from './text.ts';
import { useNarrow } from './use-narrow.ts';
import { useScheduleDraft } from './use-schedule-draft.ts';
import { VersionTable } from './VersionTable.tsx';
import './schedule.css';

/** The whole schedule of a project: read, planned, compared, fixed. */
export function SchedulePage() {
  const { id = '' } = useParams();
  const api = useClient(schedules);
  const schedule = useQuery({
    queryKey: ['schedules', id],
    queryFn: ({ signal }) => api.get({ id }, { signal }),
    placeholderData: (before) => (before?.project.id === id ? before : undefined),
  });
  useLiveRefetch(['schedules.*'], [['schedules', id]]);
  if (schedule.error && !schedule.data)
    return <ProblemView error={schedule.error} onRetry={() => void schedule.refetch()} />;
  if (!schedule.data) return <p className="page-wait">…</p>;
  return <OneSchedule key={id} schedule={schedule.data} />;
}

/** A first draft takes the days that the register knows. */
const blank = ({ project }: Schedule, today: string): Content => ({
  direction: project.finishOn ? 'backward' : 'forward',
  start: project.startOn ?? today,
  promised: project.finishOn,
  calendar: 'city',
  own: null,
  tasks: [],
});

function OneSchedule({ schedule }: { schedule: Schedule }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(schedules);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const { today } = useSession();
  const isNarrow = useNarrow();
  const { project, current } = schedule;
  const canEdit = schedule.allowed.includes('edit') && !isNarrow;
  const [isDrafting, setDrafting] = useState(() => canEdit && (schedule.draft !== null || current === null));
  const [looking, setLooking] = useState<number | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isFixing, setFixing] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [brought, setBrought] = useState<Progress[]>([]);
  const [zoom, setZoom] = useState<Zoom | null>(null);

  const initial = useMemo(
    () => schedule.draft ?? schedule.current?.content ?? blank(schedule, today),
    [schedule.draft, schedule.current, schedule, today],
  );
  const draft = useScheduleDraft(project.id, schedule.draftVersion, initial);
  const older = useQuery({
    queryKey: ['schedules', project.id, 'version', looking],
    queryFn: ({ signal }) => api.version({ id: project.id, seq: looking! }, { signal }),
    enabled: looking !== null && looking !== current?.seq,
  });
  const isDraft = canEdit && isDrafting && looking === null;
  const fixed = looking !== null && looking !== current?.seq ? (older.data ?? null) : current;
  // Without a version, whoever may not draft still sees the draft of those who do.
  const source = isDraft ? draft.content : (fixed ?? schedule.draft);
  const shown = useShownSchedule(schedule, source, today);
  const nextUid = Math.max(schedule.nextUid, 1, ...draft.content.tasks.map((task) => task.uid + 1));

  const apply = (next: Content) => {
    const fault = next.tasks.length > 0 ? faultOf(next.tasks) : null;
    setRefusal(fault ? words(problemWords(fault, next.tasks)) : null);
    if (!fault) draft.change(next);
  };
  const dragged = ({ uid, mode, days }: Drag) => {
    const row = shown?.rows.find((one) => one.uid === uid);
    if (!shown || !row) return;
    if (mode === 'move') return apply(moveTask(draft.content, uid, days, shown.axis));
    const end = draft.content.direction === 'forward' ? row.finish : row.start;
    apply(stretchTask(draft.content, uid, addDays(end, days), shown.axis));
  };
  const keep = (next: Schedule) => cache.setQueryData(['schedules', project.id], next);
  const save = useMutation({
    mutationFn: async () => {
      const saved = await api.saveDraft({
        id: project.id,
        draftVersion: schedule.draftVersion,
        content: draft.content,
      });
      draft.clear();
      keep(saved);
      return brought.length > 0 ? api.setProgress({ id: project.id, progress: brought }) : saved;
    },
    onSuccess: (saved) => {
      keep(saved);
      setBrought([]);
      void message.success(t.saved);
    },
  });
  const discard = useMutation({
    mutationFn: () => api.discardDraft({ id: project.id, draftVersion: schedule.draftVersion }),
    onSuccess: (next) => {
      draft.clear();
      keep(next);
      setDrafting(next.current === null);
    },
  });
  useUndoKeys(isDraft ? draft.undo : null, isDraft ? draft.redo : null);

  const span =
    shown &&
    spanOf([
      ...shown.rows.flatMap((row) => [row.start, row.finish, row.baseline?.finish, row.expected]),
      shown.content.promised,
    ]);
  const chosenZoom = zoom ?? (span ? zoomFor(span.first, span.last, Math.max(300, window.innerWidth - 760)) : 'month');
  const tabs = [
    ...(current ? [{ value: 'current', label: t.showCurrent }] : []),
    { value: 'draft', label: t.showDraft },
  ];
  return (
    <div className="schedule-page">
      <PageHead
        title={t.title}
        tabTitle={t.titleOf(project.name)}
        crumbs={
          <>
            <Link to={`/projects/${project.id}`}>{project.name}</Link>
            {project.demo && <span className="sample">{t.sample}</span>}
          </>
        }
        actions={
          <>
            {canEdit && current && (schedule.draft || isDrafting) && (
              <Segmented
                size="small"
                value={isDraft ? 'draft' : 'current'}
                options={tabs}
                onChange={(value) => {
                  setLooking(null);
                  setDrafting(value === 'draft');
                }}
              />
            )}
            {canEdit && current && !schedule.draft && !isDrafting && (
              <Button
                size="small"
                onClick={() => {
                  setLooking(null);
                  setDrafting(true);
                }}
              >
                {t.adjust}
              </Button>
            )}
            {(current || schedule.draft) && (
              <>
                <Button
                  size="small"
                  href={urlOf(schedules, 'exportTable', { id: project.id, ...(isDraft && { draft: 'true' }) })}
                >
                  {t.exportExcel}
                </Button>
                <Button
                  size="small"
                  href={urlOf(schedules, 'exportProject', { id: project.id, ...(isDraft && { draft: 'true' }) })}
                >
                  {t.exportXml}
                </Button>
              </>
            )}
          </>
        }
      >
        {shown && <ScheduleFacts shown={shown} isDraft={isDraft} seq={fixed?.seq ?? null} />}
      </PageHead>
      <div className="page-body">
        {isDraft && (
          <DraftBar
            draft={draft}
            selected={selected}
            nextUid={nextUid}
            projectWords={`${project.name} ${project.board ?? ''}`}
            onChange={apply}
            onSelect={setSelected}
            onImport={() => setImporting(true)}
          >
            {draft.isChanged ? (
              <small className="warn">{draft.restoredAt ? t.restored(moment(draft.restoredAt)) : t.unsaved}</small>
            ) : (
              schedule.draftBy && (
                <small className="muted">{t.draftBy(schedule.draftBy, moment(schedule.draftAt))}</small>
              )
            )}
            <Button
              size="small"
              type="primary"
              loading={save.isPending}
              disabled={!draft.isChanged}
              onClick={() => save.mutate()}
            >
              {t.save}
            </Button>
            {schedule.allowed.includes('fix') && (
              <Button
                size="small"
                disabled={draft.isChanged || !schedule.draft || !shown?.plan}
                onClick={() => setFixing(true)}
              >
                {t.fix}
              </Button>
            )}
            {(schedule.draft || draft.isChanged) && (
              <Button
                size="small"
                onClick={async () => {
                  if (!(await confirm({ title: t.discardTitle, body: t.discardBody, ok: t.discard, danger: true })))
                    return;
                  if (schedule.draft) discard.mutate();
                  else draft.clear();
                }}
              >
                {t.discard}
              </Button>
            )}
          </DraftBar>
        )}
        {save.error && <ProblemView error={save.error} compact />}
        {discard.error && <ProblemView error={discard.error} compact />}
        {older.error && <ProblemView error={older.error} compact />}
        {looking !== null && looking !== current?.seq && (
          <p className="notice">
            {t.looking(looking)}{' '}
            <button type="button" className="link" onClick={() => setLooking(null)}>
              {t.backToCurrent}
            </button>
          </p>
        )}
        {shown && isDraft && (
          <ScheduleNotices shown={shown} refusal={refusal} hasBegun={schedule.progress.length > 0} today={today} />
        )}
        {!shown || shown.rows.length === 0 ? (
          <Nothing isDraft={isDraft} canEdit={canEdit} hasTasks={(shown?.content.tasks.length ?? 0) > 0} />
        ) : (
          span && (
            <>
              <div className="gantt-tools">
                <GanttLegend today={today} promised={shown.content.promised} hasBaseline={schedule.baseline !== null} />
                <Segmented
                  aria-label={t.zoom}
                  size="small"
                  value={chosenZoom}
                  options={(['day', 'week', 'month', 'quarter'] as const).map((one) => ({
                    value: one,
                    label: t.zooms[one],
                  }))}
                  onChange={setZoom}
                />
              </div>
              <div className="gantt-and-panel">
                <Gantt
                  rows={shown.rows}
                  first={span.first}
                  last={span.last}
                  pxPerDay={zooms[chosenZoom]}
                  today={today}
                  promised={shown.content.promised}
                  axis={shown.axis}
                  columns={isNarrow ? 'name' : 'full'}
                  grip={isDraft ? (draft.content.direction === 'forward' ? 'finish' : 'start') : null}
                  selected={selected}
                  onSelect={setSelected}
                  onDrag={dragged}
                />
                {!isNarrow && (
                  <TaskPanel
                    schedule={schedule}
                    shown={shown}
                    selected={selected}
                    today={today}
                    onChange={isDraft ? apply : undefined}
                  />
                )}
              </div>
              {isNarrow && schedule.allowed.includes('edit') && <p className="muted">{t.phoneHint}</p>}
            </>
          )
        )}
        {isDraft && shown && shown.rows.length === 0 && shown.content.tasks.length > 0 && (
          <TaskPanel schedule={schedule} shown={shown} selected={selected} today={today} onChange={apply} />
        )}
        <VersionTable schedule={schedule} looking={looking} onLook={setLooking} />
      </div>
      {isFixing && (
        <FixForm
          schedule={schedule}
          onClose={() => setFixing(false)}
          onFixed={() => {
            setFixing(false);
            setDrafting(false);
          }}
        />
      )}
      {isImporting && (
        <ImportForm
          city={schedule.city}
          canProgress={schedule.allowed.includes('progress')}
          onClose={() => setImporting(false)}
          onTake={(content, progress) => {
            const known = [...(current?.content.tasks ?? []), ...(schedule.draft?.tasks ?? []), ...draft.content.tasks];
            const taken = adopted(content, progress, known, nextUid);
            apply(taken.content);
            setBrought(taken.progress.filter((one) => isSound(one, today)));
            setImporting(false);
            void message.info(t.importTaken);
          }}
        />
      )}
    </div>
  );
}

/** What a file says of the future, or only by halves, is not brought over: the server would refuse it with everything else. */
const isSound = ({ actualStart, actualFinish, percent: done }: Progress, today: string): boolean =>
  actualStart !== null &&
  actualStart <= today &&
  (actualFinish === null ? done < 100 : actualFinish <= today && actualFinish >= actualStart);

function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const act = key === 'z' && !event.shiftKey ? undo : key === 'y' || (key === 'z' && event.shiftKey) ? redo : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function Nothing({ isDraft, canEdit, hasTasks }: { isDraft: boolean; canEdit: boolean; hasTasks: boolean }) {
  const t = useText(text);
  if (hasTasks) return null;
  return (
    <div className="empty">
      <h2>{t.noneTitle}</h2>
      <p>{isDraft || canEdit ? t.noneHint : t.noneReadOnly}</p>
    </div>
  );
}
