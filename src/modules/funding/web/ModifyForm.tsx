import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type ContractPage, modificationKinds } from '../shapes.ts';
import { emptyMoney, MoneyInput, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** What was agreed after the signing: duration, value or scope. */
export function ModifyForm({
  contract,
  today,
  onClose,
}: {
  contract: ContractPage;
  today: string;
  onClose: () => void;
}) {
  const t = useText(text);
  const f = t.contracts.form;
  const [kind, setKind] = useState<(typeof modificationKinds)[number]>('value');
  const [onDay, setOnDay] = useState(today);
  const [sign, setSign] = useState<1 | -1>(1);
  const [delta, setDelta] = useState(emptyMoney);
  const [newEnd, setNewEnd] = useState(contract.currentEnd ?? '');
  const [texts, setTexts] = useState({ rationale: '', document: '', approver: '' });
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, sent: Parameters<typeof api.modifyContract>[0]) => api.modifyContract(sent), onClose);
  const read = readMoney(delta);
  const fault = (field: string, isMissing = false) =>
    isShown && isMissing ? t.entry.missing : fieldSentence(save.error, field);
  const said = { rationale: texts.rationale.trim(), document: texts.document.trim(), approver: texts.approver.trim() };
  return (
    <FormDrawer
      title={t.contracts.modify}
      error={save.error}
      fields={['onDay', 'deltaYuan', 'newEnd', 'rationale', 'document']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (!said.rationale || !said.document || (kind === 'value' && read.yuan === null)) return;
        save.mutate({
          id: contract.id,
          kind,
          onDay,
          rationale: said.rationale,
          document: said.document,
          ...(said.approver && { approver: said.approver }),
          ...(kind === 'value' && { deltaYuan: sign * read.yuan! }),
          ...(kind === 'duration' && newEnd && { newEnd }),
        });
      }}
    >
      <FormField label={f.kind}>
        {() => (
          <Radio.Group
            value={kind}
            optionType="button"
            options={modificationKinds.map((value) => ({ value, label: t.contracts.modificationKinds[value] }))}
            onChange={(event) => setKind(event.target.value)}
          />
        )}
      </FormField>
      {kind === 'value' && (
        <FormField label={f.delta}>
          {(id) => (
            <>
              <Radio.Group
                aria-label={f.delta}
                value={sign}
                options={[
                  { value: 1, label: f.increase },
                  { value: -1, label: f.decrease },
                ]}
                onChange={(event) => setSign(event.target.value)}
              />
              <MoneyInput
                id={id}
                value={delta}
                onChange={setDelta}
                fault={fault('deltaYuan', read.fault === 'empty')}
              />
            </>
          )}
        </FormField>
      )}
      <div className="form-pair">
        <DayField
          label={f.onDay}
          value={onDay}
          to={today}
          fault={fault('onDay')}
          onChange={(day) => setOnDay(day ?? '')}
        />
        {kind === 'duration' && (
          <DayField label={f.newEnd} value={newEnd} fault={fault('newEnd')} onChange={(day) => setNewEnd(day ?? '')} />
        )}
      </div>
      <FormField label={f.rationale} fault={fault('rationale', said.rationale === '')}>
        {(id) => (
          <TextBox
            id={id}
            value={texts.rationale}
            maxLength={1000}
            onChange={(event) => setTexts({ ...texts, rationale: event.target.value })}
          />
        )}
      </FormField>
      <div className="form-pair">
        <FormField label={f.document} fault={fault('document', said.document === '')}>
          {(id) => (
            <Input
              id={id}
              value={texts.document}
              maxLength={300}
              onChange={(event) => setTexts({ ...texts, document: event.target.value })}
            />
          )}
        </FormField>
        <FormField label={f.approver}>
          {(id) => (
            <Input
              id={id}
              value={texts.approver}
              maxLength={60}
              onChange={(event) => setTexts({ ...texts, approver: event.target.value })}
            />
          )}
        </FormField>
      </div>
    </FormDrawer>
  );
}
