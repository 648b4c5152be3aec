import { Button, Dropdown, Input, Radio } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Project } from '#modules/projects/contract.ts';
import { type PathCode, pathCodes, stageWords } from '../gates.ts';
import type { GateView, LifeView } from '../shapes.ts';
import { DocumentList, GateDrawer } from './GateDrawer.tsx';
import { EndDrawer, PauseDrawer } from './PauseDrawers.tsx';
import { PausePanel } from './PausePanel.tsx';
import { useCommand, useLife } from './queries.ts';
import * as text from './text.ts';
import './lifecycle.css';

type Open = { kind: 'gate'; gate: GateView } | { kind: 'pause' | 'end' | 'path' | 'history' | 'revokeEnd' } | null;

/** Where the project is in its life: its gates with days and papers, what comes next, and whether it rests. */
export function LifeSection({ project }: { project: Project }) {
  const all = useText(text);
  const t = all.life;
  const words = useWords();
  const life = useLife(project.id);
  const [open, setOpen] = useState<Open>(null);
  if (life.error && !life.data) return <ProblemView compact error={life.error} onRetry={() => void life.refetch()} />;
  if (!life.data) return <section id="lifecycle" className="life life-wait" />;
  const { data } = life;
  const close = () => setOpen(null);
  const next = data.allowed.includes('move') ? data.gates.filter((gate) => gate.canPass) : [];
  const can = (act: LifeView['allowed'][number]) => data.allowed.includes(act);
  const more = [
    ...(can('pause') ? [{ key: 'pause', label: t.pause }] : []),
    ...(can('end') ? [{ key: 'end', label: t.end }] : []),
    ...(can('path') ? [{ key: 'path', label: t.changeKind }] : []),
    { key: 'history', label: t.history },
  ] as const;
  return (
    <section id="lifecycle" className="life">
      <div className="life-head">
        <h2 className="h2">
          {t.title} <small>{all.paths[data.path]}</small>
        </h2>
        <span className="right">
          {next.map((gate, i) => (
            <Button
              key={gate.stage}
              size="small"
              type={i === next.length - 1 && gate.state === 'next' ? 'primary' : 'default'}
              onClick={() => passOrJump(gate, () => setOpen({ kind: 'gate', gate }))}
            >
              {(gate.state === 'missing' ? t.passLate : t.pass)(words(stageWords[gate.stage]))}
            </Button>
          ))}
          <Dropdown
            trigger={['click']}
            menu={{ items: [...more], onClick: ({ key }) => setOpen({ kind: key as 'pause' }) }}
          >
            <Button size="small">{t.more}</Button>
          </Dropdown>
        </span>
      </div>
      <Path life={data} onOpen={(gate) => setOpen({ kind: 'gate', gate })} />
      {data.pause && <PausePanel life={data} pause={data.pause} />}
      {data.ended && (
        <p className="notice life-ended">
          <b>{t.ended(words(stageWords[data.ended.stage]), data.ended.on ?? t.noDay)}</b>
          {data.ended.reason && ` ${data.ended.reason}`}
          {data.ended.approver && <span className="soft">{t.approvedBy(data.ended.approver)}</span>}
          {can('revoke') && (
            <Button size="small" onClick={() => setOpen({ kind: 'revokeEnd' })}>
              {t.revokeEnd(words(stageWords[data.ended.stage]))}
            </Button>
          )}
        </p>
      )}
      {open?.kind === 'gate' && <GateDrawer life={data} gate={open.gate} onClose={close} />}
      {open?.kind === 'pause' && <PauseDrawer life={data} onClose={close} />}
      {open?.kind === 'end' && <EndDrawer life={data} onClose={close} />}
      {open?.kind === 'path' && <PathDrawer life={data} onClose={close} />}
      {open?.kind === 'revokeEnd' && data.ended && <RevokeEnd life={data} ended={data.ended} onClose={close} />}
      {open?.kind === 'history' && <HistoryDrawer life={data} onClose={close} />}
    </section>
  );
}

/** A gate whose papers another section keeps is passed there, where the page has that section. */
function passOrJump(gate: GateView, pass: () => void): void {
  const place = gate.papersAt && document.getElementById(gate.papersAt);
  if (place) place.scrollIntoView({ block: 'start' });
  else pass();
}

function Path({ life, onOpen }: { life: LifeView; onOpen: (gate: GateView) => void }) {
  const t = useText(text).life;
  const words = useWords();
  return (
    <ScrollX label={t.path}>
      <ol className="life-path">
        {life.gates.map((gate) => {
          const name = words(stageWords[gate.stage]);
          const isNow = gate.stage === life.stage;
          return (
            <li
              key={gate.stage}
              className={[gate.state, isNow && 'now', gate.source === 'implied' && 'implied'].filter(Boolean).join(' ')}
              aria-current={isNow ? 'step' : undefined}
            >
              {gate.days !== null && <i>{t.days(gate.days)}</i>}
              <button type="button" aria-label={t.open(name)} onClick={() => onOpen(gate)}>
                {name}
              </button>
              <GateNotes gate={gate} />
            </li>
          );
        })}
      </ol>
    </ScrollX>
  );
}

function GateNotes({ gate }: { gate: GateView }) {
  const t = useText(text).life;
  const { lateDays } = gate;
  const isPassed = gate.state === 'passed';
  return (
    <>
      <span>
        {gate.on ??
          (isPassed ? t.noDay : gate.state === 'missing' ? t.missing : gate.promised ? t.planned(gate.promised) : '')}
      </span>
      {lateDays !== null && (
        <span className={lateDays > 0 ? 'late' : 'good'}>
          {lateDays === 0
            ? t.onTime
            : lateDays < 0
              ? t.early(-lateDays)
              : isPassed
                ? t.late(lateDays)
                : t.overdue(lateDays)}
        </span>
      )}
      {gate.documents.length > 0 && <span>{t.papers(gate.documents.length)}</span>}
    </>
  );
}

function PathDrawer({ life, onClose }: { life: LifeView; onClose: () => void }) {
  const t = useText(text);
  const [path, setPath] = useState<PathCode>(life.path);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.setPath>[0]) => api.setPath(input), onClose);
  return (
    <FormDrawer
      title={t.path.title}
      error={save.error}
      fields={[]}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (reason.trim().length > 1) save.mutate({ id: life.projectId, path, reason: reason.trim() });
      }}
    >
      <FormField label={t.path.kind} hint={t.path.hint}>
        {() => (
          <Radio.Group
            value={path}
            options={pathCodes.map((value) => ({ value, label: t.paths[value] }))}
            onChange={({ target }) => setPath(target.value as PathCode)}
          />
        )}
      </FormField>
      <FormField label={t.path.reason} fault={isShown && reason.trim().length < 2 ? t.gate.reasonNeeded : undefined}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

function RevokeEnd({
  life,
  ended,
  onClose,
}: {
  life: LifeView;
  ended: NonNullable<LifeView['ended']>;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.revoke>[0]) => api.revoke(input), onClose);
  return (
    <FormDrawer
      title={t.life.revokeEnd(words(stageWords[ended.stage]))}
      error={save.error}
      fields={[]}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (reason.trim().length > 1) save.mutate({ id: life.projectId, stage: ended.stage, reason: reason.trim() });
      }}
    >
      <FormField
        label={t.gate.reason}
        hint={t.gate.revokeWhy}
        fault={isShown && reason.trim().length < 2 ? t.gate.reasonNeeded : undefined}
      >
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

function HistoryDrawer({ life, onClose }: { life: LifeView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  return (
    <FormDrawer
      title={t.history.title}
      error={null}
      fields={[]}
      isPending={false}
      onClose={onClose}
      below={
        <ol className="life-log">
          {life.events.map((event) => (
            <li key={event.id}>
              <time>{moment(event.at)}</time>
              <div>
                <b>
                  {words(stageWords[event.stage])} {t.history.kinds[event.kind]}
                </b>
                {event.on && ` ${event.on}`}
                <span className="muted"> {event.source === 'gate' ? event.actorName : t.history.auto}</span>
                {event.reason && <p>{event.reason}</p>}
                {event.approver && <p className="soft">{t.life.approvedBy(event.approver)}</p>}
                {event.documents.length > 0 && (
                  <DocumentList
                    projectId={life.projectId}
                    gate={life.gates.find((gate) => gate.stage === event.stage) ?? null}
                    documents={event.documents}
                  />
                )}
              </div>
            </li>
          ))}
        </ol>
      }
    />
  );
}
