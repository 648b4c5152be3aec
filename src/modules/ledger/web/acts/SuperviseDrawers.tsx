import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { addDays } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ledger } from '../../contract.ts';
import { levelAbove, levelWords, type MatterLevel, matterLevels } from '../../kinds.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { useOneOf } from '../use-matter.ts';
import { NoteDrawer } from './NoteDrawer.tsx';
import { OneFile } from './OneFile.tsx';

interface Props {
  matter: MatterView;
  onClose: () => void;
}

export function RemindDrawer({ matter, onClose }: Props) {
  const t = useText(text).remind;
  const call = useClient(ledger);
  const oneOf = useOneOf();
  return (
    <NoteDrawer
      matterId={matter.id}
      act="remind"
      title={t.title}
      label={t.text}
      hint={t.hint}
      field="text"
      saveWords={t.save}
      isOptional
      send={(words) => oneOf(call.remind({ ids: [matter.id], ...(words && { text: words }) }))}
      onClose={onClose}
    />
  );
}

export function EscalateDrawer({ matter, onClose }: Props) {
  const t = useText(text).escalate;
  const words = useWords();
  const call = useClient(ledger);
  const [level, setLevel] = useState<MatterLevel | null>(levelAbove(matter.level));
  const above = matterLevels.slice(matterLevels.indexOf(matter.level) + 1);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="escalate"
      title={t.title}
      help={t.now(words(levelWords[matter.level]))}
      label={t.reason}
      hint={t.reasonHint}
      field="reason"
      fields={['level']}
      saveWords={t.save}
      isReady={level !== null}
      send={(reason) => call.escalate({ id: matter.id, version: matter.version, reason, ...(level && { level }) })}
      onClose={onClose}
    >
      {(fault) => (
        <FormField label={t.level} fault={fault('level')}>
          {(id) => (
            <Select
              id={id}
              value={level}
              options={above.map((one) => ({ value: one, label: words(levelWords[one]) }))}
              onChange={setLevel}
            />
          )}
        </FormField>
      )}
    </NoteDrawer>
  );
}

export function SuspendDrawer({ matter, onClose }: Props) {
  const t = useText(text).suspend;
  const call = useClient(ledger);
  const { today } = useSession();
  const [resumeOn, setResumeOn] = useState<string | null>(null);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="suspend"
      title={t.title}
      label={t.basis}
      hint={t.basisHint}
      field="basis"
      fields={['resumeOn']}
      saveWords={t.save}
      isReady={resumeOn !== null}
      send={(basis) => call.suspend({ id: matter.id, version: matter.version, basis, resumeOn: resumeOn ?? today })}
      onClose={onClose}
    >
      {(fault) => (
        <DayField
          label={t.resumeOn}
          hint={t.resumeHint}
          value={resumeOn}
          from={addDays(today, 1)}
          fault={fault('resumeOn')}
          onChange={setResumeOn}
        />
      )}
    </NoteDrawer>
  );
}

export function ResumeDrawer({ matter, onClose }: Props) {
  const t = useText(text).resume;
  const call = useClient(ledger);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="resume"
      title={t.title}
      label={t.note}
      field="note"
      saveWords={t.save}
      isOptional
      send={(note) => call.resume({ id: matter.id, version: matter.version, ...(note && { note }) })}
      onClose={onClose}
    />
  );
}

export function VoidDrawer({ matter, onClose }: Props) {
  const t = useText(text).void;
  const call = useClient(ledger);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="void"
      title={t.title}
      help={t.help}
      label={t.reason}
      field="reason"
      saveWords={t.save}
      isDanger
      send={(reason) => call.void({ id: matter.id, version: matter.version, reason })}
      onClose={onClose}
    />
  );
}

export function ReopenDrawer({ matter, onClose }: Props) {
  const t = useText(text).reopen;
  const call = useClient(ledger);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="reopen"
      title={t.title}
      help={t.help}
      label={t.reason}
      field="reason"
      saveWords={t.save}
      send={(reason) => call.reopen({ id: matter.id, version: matter.version, reason })}
      onClose={onClose}
    />
  );
}

export function ContributeDrawer({ matter, onClose }: Props) {
  const t = useText(text).contribute;
  const call = useClient(ledger);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="contribute"
      title={t.title}
      label={t.text}
      field="text"
      saveWords={t.save}
      send={(words) => call.contribute({ id: matter.id, text: words })}
      onClose={onClose}
    />
  );
}

/** A leader's words, copied from paper or said: who, when, and the paper itself. */
export function RemarkDrawer({ matter, onClose }: Props) {
  const t = useText(text).remark;
  const call = useClient(ledger);
  const { today } = useSession();
  const [leaderName, setLeaderName] = useState('');
  const [on, setOn] = useState<string | null>(today);
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const [reopen, setReopen] = useState(false);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="remark"
      title={t.title}
      label={t.text}
      field="text"
      fields={['leaderName', 'on']}
      saveWords={t.save}
      isReady={leaderName.trim() !== '' && on !== null}
      after={
        <>
          <OneFile label={t.file} remove={t.removeFile} file={file} onChange={setFile} />
          {matter.state === 'closed' && (
            <Checkbox checked={reopen} onChange={(event) => setReopen(event.target.checked)}>
              {t.reopen}
            </Checkbox>
          )}
        </>
      }
      send={(words) =>
        call.remark({
          id: matter.id,
          text: words,
          leaderName: leaderName.trim(),
          on: on ?? today,
          reopen,
          ...(file && { fileId: file.id }),
        })
      }
      onClose={onClose}
    >
      {(fault) => (
        <div className="form-pair">
          <FormField label={t.leader} fault={fault('leaderName')}>
            {(id) => (
              <Input
                id={id}
                value={leaderName}
                maxLength={60}
                onChange={(event) => setLeaderName(event.target.value)}
              />
            )}
          </FormField>
          <DayField label={t.on} value={on} to={today} fault={fault('on')} onChange={setOn} />
        </div>
      )}
    </NoteDrawer>
  );
}
