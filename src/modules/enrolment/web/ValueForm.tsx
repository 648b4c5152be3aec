import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Enrolment, enrolment } from '../contract.ts';
import { keys } from './keys.ts';
import { lastMonth, MonthSelect } from './MonthSelect.tsx';
import { readWan } from './show.ts';
import * as text from './text.ts';

/** A figure as the statistics office published it: typed from the list, with its document and day. */
export function ValueForm({ data, onClose }: { data: Enrolment; onClose: () => void }) {
  const t = useText(text);
  const v = t.value;
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { today } = useSession();
  const [period, setPeriod] = useState(lastMonth(today));
  const [amount, setAmount] = useState('');
  const [document, setDocument] = useState('');
  const [issuedOn, setIssuedOn] = useState('');
  const yuan = readWan(amount);
  const save = useMutation({
    mutationFn: () =>
      api.setValue({ projectId: data.projectId, period, yuan: yuan as number, document: document.trim(), issuedOn }),
    onSuccess: (after) => {
      cache.setQueryData(keys.one(data.projectId), after);
      void cache.invalidateQueries({ queryKey: ['enrolment', 'gaps'] });
      void message.success(t.saved);
      onClose();
    },
  });
  const isReady = typeof yuan === 'number' && document.trim() !== '' && issuedOn !== '';
  return (
    <Modal
      open
      title={v.title}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isReady, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="en-form">
        <p className="muted en-small">{v.note}</p>
        <Field label={v.period}>{(id) => <MonthSelect id={id} value={period} onChange={setPeriod} />}</Field>
        <Field label={v.yuan} hint={yuan === 'bad' && <small className="late">{t.document.moneyBad}</small>}>
          {(id) => (
            <Input
              id={id}
              inputMode="decimal"
              suffix={t.wan}
              value={amount}
              status={yuan === 'bad' ? 'error' : ''}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        <Field label={v.document}>
          {(id) => (
            <Input id={id} value={document} maxLength={200} onChange={(event) => setDocument(event.target.value)} />
          )}
        </Field>
        <Field label={v.issuedOn}>
          {(id) => (
            <Input
              id={id}
              type="date"
              max={today}
              value={issuedOn}
              onChange={(event) => setIssuedOn(event.target.value)}
            />
          )}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
