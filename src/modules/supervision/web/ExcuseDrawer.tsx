import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { supervision } from '../contract.ts';
import { LeaderField } from './LeaderFields.tsx';
import * as text from './text.ts';

/** 正当理由 in place of a sheet: with the leader who agreed and a day on which it ends. */
export function ExcuseDrawer({
  matter,
  onClose,
}: {
  matter: { id: string; no: string; title: string };
  onClose: () => void;
}) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [approverId, setApproverId] = useState<string | null>(null);
  const [untilOn, setUntilOn] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: () => api.excuse({ matterId: matter.id, reason, approverId: approverId!, untilOn: untilOn! }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      await cache.invalidateQueries({ queryKey: ['ledger'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.excuse}
      help={t.excuseHelp}
      error={send.error}
      fields={['reason', 'approverId', 'untilOn']}
      isReady={reason.trim().length >= 5 && approverId !== null && untilOn !== null}
      isPending={send.isPending}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <p>
        <b>{matter.title}</b> <small className="muted">{matter.no}</small>
      </p>
      <FormField label={t.excuseReason} fault={fieldSentence(send.error, 'reason')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      <div className="form-pair">
        <LeaderField value={approverId} fault={fieldSentence(send.error, 'approverId')} onChange={setApproverId} />
        <DayField
          label={t.excuseUntil}
          value={untilOn}
          from={today}
          fault={fieldSentence(send.error, 'untilOn')}
          onChange={setUntilOn}
        />
      </div>
    </FormDrawer>
  );
}
