import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { meetings } from '../contract.ts';
import type { MeetingMove } from '../flow.ts';
import type { MeetingView } from '../shapes.ts';
import { keys } from './keys.ts';
import { momentOf } from './show.ts';
import * as text from './text.ts';

/** Says what a step does before it is taken; asks for what the step needs. */
export function MoveDialog({
  meeting,
  move,
  onClose,
}: {
  meeting: MeetingView;
  move: MeetingMove;
  onClose: () => void;
}) {
  const t = useText(text);
  const api = useClient(meetings);
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const act = useMutation({
    mutationFn: () =>
      api.move({
        id: meeting.id,
        version: meeting.version,
        move,
        ...(reason.trim() && { reason: reason.trim() }),
        ...(until && { until: momentOf(until, '18:00') }),
      }),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: keys.all }),
  });
  const question = move === 'cancel' || move === 'circulate' ? null : t.ask[move];
  return (
    <Modal
      open
      title={question?.title ?? t.moves[move]}
      okText={t.moves[move]}
      confirmLoading={act.isPending}
      okButtonProps={{ danger: move === 'cancel', disabled: move === 'cancel' && reason.trim() === '' }}
      onOk={() => act.mutate()}
      onCancel={onClose}
    >
      {question && <p>{question.body}</p>}
      {move === 'circulate' && (
        <DayField
          label={t.circulateUntil}
          value={until}
          from={meeting.heldOn}
          hint={t.circulateHint}
          onChange={setUntil}
        />
      )}
      {move === 'cancel' && (
        <FormField label={t.cancelReason}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
        </FormField>
      )}
      {act.error && <ProblemView compact error={act.error} />}
    </Modal>
  );
}
