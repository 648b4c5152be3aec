import { Radio } from 'antd';
import { useState } from 'react';
import { addDays, daysBetween } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ledger } from '../../contract.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { NoteDrawer } from './NoteDrawer.tsx';
import { OneFile } from './OneFile.tsx';

/** More time, asked for before the limit: the new day, the reason, and a paper if there is one. */
export function AskExtensionDrawer({ matter, onClose }: { matter: MatterView; onClose: () => void }) {
  const t = useText(text).askExtension;
  const call = useClient(ledger);
  const [dueOn, setDueOn] = useState<string | null>(null);
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const current = matter.dueCurrent ?? '';
  return (
    <NoteDrawer
      matterId={matter.id}
      act="askExtension"
      title={t.title}
      help={`${t.facts(matter.dueOriginal ?? '', current)}。${t.left(matter.extensionsLeft)}`}
      label={t.reason}
      hint={t.reasonHint}
      field="reason"
      fields={['dueOn']}
      saveWords={t.save}
      isReady={dueOn !== null}
      after={<OneFile label={t.file} remove={t.removeFile} file={file} onChange={setFile} />}
      send={(reason) =>
        call.askExtension({
          id: matter.id,
          version: matter.version,
          dueOn: dueOn ?? current,
          reason,
          ...(file && { fileId: file.id }),
        })
      }
      onClose={onClose}
    >
      {(fault) => (
        <>
          <DayField
            label={t.day}
            value={dueOn}
            from={current ? addDays(current, 1) : null}
            fault={fault('dueOn')}
            onChange={setDueOn}
          />
        </>
      )}
    </NoteDrawer>
  );
}

export function DecideExtensionDrawer({ matter, onClose }: { matter: MatterView; onClose: () => void }) {
  const t = useText(text).decideExtension;
  const call = useClient(ledger);
  const [isGranted, setGranted] = useState<boolean | null>(null);
  const asked = matter.extensionList.find((one) => one.state === 'asked');
  return (
    <NoteDrawer
      matterId={matter.id}
      act="decideExtension"
      title={t.title}
      label={t.note}
      hint={t.noteNeeded}
      field="note"
      fields={['isGranted']}
      saveWords={t.save}
      isOptional={isGranted === true}
      isReady={isGranted !== null}
      send={(note) =>
        call.decideExtension({
          id: matter.id,
          version: matter.version,
          isGranted: isGranted === true,
          ...(note && { note }),
        })
      }
      onClose={onClose}
    >
      {() => (
        <>
          {asked && (
            <div className="mt-claimed">
              <p>
                <b>{t.asked(asked.askedByName, asked.askedOn)}</b>
                <br />
                <span className="num">
                  {t.fromTo(asked.dueBefore, asked.dueAsked, daysBetween(asked.dueBefore, asked.dueAsked))}
                </span>
                <br />
                {asked.reason}
              </p>
            </div>
          )}
          <FormField label={t.decision}>
            {(id) => (
              <Radio.Group
                id={id}
                optionType="button"
                buttonStyle="solid"
                value={isGranted}
                onChange={(event) => setGranted(event.target.value as boolean)}
                options={[
                  { value: true, label: t.grant },
                  { value: false, label: t.refuse },
                ]}
              />
            )}
          </FormField>
        </>
      )}
    </NoteDrawer>
  );
}
