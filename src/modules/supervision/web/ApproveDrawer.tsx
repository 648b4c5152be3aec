import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { count } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { supervision } from '../contract.ts';
import { LeaderField } from './LeaderFields.tsx';
import * as text from './text.ts';

/** A leader approves, or the office records that one did. */
export function ApproveDrawer({ matterIds, onClose }: { matterIds: readonly string[]; onClose: () => void }) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [leaderId, setLeaderId] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(today);
  const send = useMutation({
    mutationFn: () => api.approve({ matterIds: [...matterIds], leaderId: leaderId!, on: on! }),
    onSuccess: async ({ approved }) => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      void message.success(t.approveOk(count(approved)));
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.approveTitle}
      help={t.approveHelp}
      error={send.error}
      fields={['leaderId', 'on']}
      isReady={leaderId !== null && on !== null}
      isPending={send.isPending}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <LeaderField value={leaderId} fault={fieldSentence(send.error, 'leaderId')} onChange={setLeaderId} />
      <DayField label={t.approvedOn} value={on} to={today} fault={fieldSentence(send.error, 'on')} onChange={setOn} />
    </FormDrawer>
  );
}
