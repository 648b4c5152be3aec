import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { addDays } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type EndStage, endStages, type HaltStage, haltStages } from '../gates.ts';
import { type PauseReason, pauseReasons, pauseReasonWords } from '../pause.ts';
import type { LifeView, PauseView } from '../shapes.ts';
import { DocumentFields, documentsOf, noPapers } from './DocumentFields.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

function ReasonSelect({
  value,
  fault,
  onChange,
}: {
  value: PauseReason | null;
  fault: string | undefined;
  onChange: (reason: PauseReason) => void;
}) {
  const t = useText(text).pause;
  const words = useWords();
  return (
    <FormField label={t.reasonCode} fault={fault}>
      {(id) => (
        <Select
          id={id}
          value={value}
          options={pauseReasons.map((code) => ({ value: code, label: words(pauseReasonWords[code]) }))}
          onChange={onChange}
        />
      )}
    </FormField>
  );
}

function Words({
  label,
  value,
  fault,
  max = 1000,
  onChange,
}: {
  label: string;
  value: string;
  fault?: string | undefined;
  max?: number;
  onChange: (value: string) => void;
}) {
  return (
    <FormField label={label} fault={fault}>
      {(id) => <TextBox id={id} value={value} maxLength={max} onChange={({ target }) => onChange(target.value)} />}
    </FormField>
  );
}

/** Registers a pause: which kind, since when, why, what is done about it, and until when. */
export function PauseDrawer({ life, onClose }: { life: LifeView; onClose: () => void }) {
  const t = useText(text);
  const p = t.pause;
  const { today } = useSession();
  const [kind, setKind] = useState<HaltStage>('suspended');
  const [on, setOn] = useState<string | null>(today);
  const [reasonCode, setReasonCode] = useState<PauseReason | null>(null);
  const [reason, setReason] = useState('');
  const [steps, setSteps] = useState('');
  const [resumeDue, setResumeDue] = useState<string | null>(null);
  const [papers, setPapers] = useState(noPapers);
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.pause>[0]) => api.pause(input), onClose);
  const fault = (field: string, isMissing: boolean) =>
    fieldSentence(save.error, field) ?? (isShown && isMissing ? p.needed : undefined);
  return (
    <FormDrawer
      title={p.register}
      error={save.error}
      fields={['on', 'reasonCode', 'resumeDue']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (on && reasonCode && resumeDue && reason.trim().length > 1 && steps.trim().length > 1)
          save.mutate({
            id: life.projectId,
            kind,
            on,
            reasonCode,
            reason: reason.trim(),
            steps: steps.trim(),
            resumeDue,
            documents: documentsOf(papers),
          });
      }}
    >
      <FormField label={p.kind}>
        {() => (
          <Radio.Group
            value={kind}
            options={haltStages.map((value) => ({ value, label: p.kinds[value] }))}
            onChange={({ target }) => setKind(target.value as HaltStage)}
          />
        )}
      </FormField>
      <DayField label={p.day} value={on} to={today} fault={fault('on', !on)} onChange={setOn} />
      <ReasonSelect value={reasonCode} fault={fault('reasonCode', !reasonCode)} onChange={setReasonCode} />
      <Words
        label={p.reason}
        value={reason}
        max={500}
        fault={fault('reason', reason.trim().length < 2)}
        onChange={setReason}
      />
      <Words label={p.steps} value={steps} fault={fault('steps', steps.trim().length < 2)} onChange={setSteps} />
      <DayField
        label={p.resumeDue}
        value={resumeDue}
        from={addDays(today, 1)}
        fault={fault('resumeDue', !resumeDue)}
        onChange={setResumeDue}
      />
      <DocumentFields asks={life.haltAsks} papers={papers} onChange={setPapers} />
    </FormDrawer>
  );
}

/** The quarterly update; a moved estimate says why, the first one stays. */
export function UpdateDrawer({
  projectId,
  pause,
  onClose,
}: {
  projectId: string;
  pause: Pick<PauseView, 'steps' | 'resumeDue' | 'resumePlanned' | 'reasonCode'>;
  onClose: () => void;
}) {
  const t = useText(text);
  const p = t.pause;
  const { today } = useSession();
  const [situation, setSituation] = useState('');
  const [steps, setSteps] = useState(pause.steps ?? '');
  const [resumeDue, setResumeDue] = useState(pause.resumeDue && pause.resumeDue >= today ? pause.resumeDue : null);
  const [reasonCode, setReasonCode] = useState<PauseReason | null>(pause.reasonCode);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.updatePause>[0]) => api.updatePause(input), onClose);
  const isMoved = pause.resumeDue !== null && resumeDue !== null && resumeDue !== pause.resumeDue;
  const fault = (field: string, isMissing: boolean) =>
    fieldSentence(save.error, field) ?? (isShown && isMissing ? p.needed : undefined);
  return (
    <FormDrawer
      title={p.update}
      error={save.error}
      fields={['resumeDue', 'reason', 'reasonCode']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (situation.trim().length < 2 || steps.trim().length < 2 || !resumeDue || !reasonCode) return;
        if (isMoved && reason.trim().length < 2) return;
        save.mutate({
          id: projectId,
          situation: situation.trim(),
          steps: steps.trim(),
          resumeDue,
          ...(pause.reasonCode === null && { reasonCode }),
          ...(isMoved && { reason: reason.trim() }),
        });
      }}
    >
      {pause.reasonCode === null && (
        <ReasonSelect value={reasonCode} fault={fault('reasonCode', !reasonCode)} onChange={setReasonCode} />
      )}
      <Words
        label={p.situation}
        value={situation}
        fault={fault('situation', situation.trim().length < 2)}
        onChange={setSituation}
      />
      <Words label={p.steps} value={steps} fault={fault('steps', steps.trim().length < 2)} onChange={setSteps} />
      <DayField
        label={p.resumeDue}
        value={resumeDue}
        from={today}
        hint={pause.resumePlanned ? p.planned(pause.resumePlanned) : undefined}
        fault={fault('resumeDue', !resumeDue)}
        onChange={setResumeDue}
      />
      {isMoved && (
        <FormField label={p.movedReason} fault={fault('reason', reason.trim().length < 2)}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />}
        </FormField>
      )}
    </FormDrawer>
  );
}

export function ResumeDrawer({ life, pause, onClose }: { life: LifeView; pause: PauseView; onClose: () => void }) {
  const t = useText(text);
  const { today } = useSession();
  const [on, setOn] = useState<string | null>(today);
  const [papers, setPapers] = useState(noPapers);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.resume>[0]) => api.resume(input), onClose);
  return (
    <FormDrawer
      title={t.pause.resume}
      error={save.error}
      fields={['on', 'documents']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (on)
          save.mutate({
            id: life.projectId,
            on,
            documents: documentsOf(papers),
            ...(reason.trim() && { reason: reason.trim() }),
          });
      }}
    >
      <DayField
        label={t.pause.resumeDay}
        value={on}
        from={pause.fromOn}
        to={today}
        fault={fieldSentence(save.error, 'on') ?? (isShown && !on ? t.gate.dayNeeded : undefined)}
        onChange={setOn}
      />
      <DocumentFields
        asks={life.resumeAsks}
        papers={papers}
        fault={fieldSentence(save.error, 'documents')}
        onChange={setPapers}
      />
      <FormField label={t.gate.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

export function EndDrawer({ life, onClose }: { life: LifeView; onClose: () => void }) {
  const t = useText(text);
  const e = t.end;
  const { today } = useSession();
  const hasBegun = life.gates.some((gate) => gate.stage === 'started' && gate.state === 'passed');
  const [to, setTo] = useState<EndStage>(hasBegun ? 'terminated' : 'withdrawn');
  const [on, setOn] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const [papers, setPapers] = useState(noPapers);
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.end>[0]) => api.end(input), onClose);
  const fault = (field: string, isMissing: boolean) =>
    fieldSentence(save.error, field) ?? (isShown && isMissing ? t.pause.needed : undefined);
  return (
    <FormDrawer
      title={e.title}
      error={save.error}
      fields={['on', 'documents']}
      isPending={save.isPending}
      saveWords={e.kinds[to]}
      isDanger
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (on && reason.trim().length > 1 && approver.trim())
          save.mutate({
            id: life.projectId,
            to,
            on,
            reason: reason.trim(),
            approver: approver.trim(),
            documents: documentsOf(papers),
          });
      }}
    >
      <FormField label={e.to} hint={e.hint[to]}>
        {() => (
          <Radio.Group
            value={to}
            options={endStages.map((value) => ({
              value,
              label: e.kinds[value],
              disabled: value === 'withdrawn' && hasBegun,
            }))}
            onChange={({ target }) => setTo(target.value as EndStage)}
          />
        )}
      </FormField>
      <DayField label={e.day} value={on} to={today} fault={fault('on', !on)} onChange={setOn} />
      <Words
        label={e.reason}
        value={reason}
        max={500}
        fault={fault('reason', reason.trim().length < 2)}
        onChange={setReason}
      />
      <FormField label={e.approver} fault={fault('approver', !approver.trim())}>
        {(id) => <Input id={id} value={approver} maxLength={60} onChange={({ target }) => setApprover(target.value)} />}
      </FormField>
      <DocumentFields
        asks={life.endAsks}
        papers={papers}
        fault={fieldSentence(save.error, 'documents')}
        onChange={setPapers}
      />
    </FormDrawer>
  );
}
