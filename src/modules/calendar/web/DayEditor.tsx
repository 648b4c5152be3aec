import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { weekday } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { calendar, type YearPage } from '../contract.ts';
import * as text from './text.ts';

/** Changes one day. The reason is part of the record, so it cannot be left out. */
export function DayEditor({ day, page, onClose }: { day: string; page: YearPage; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(calendar);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const marked = page.days.find((d) => d.day === day);
  const [mark, setMark] = useState<'off' | 'work' | 'plain'>(marked?.mark ?? 'plain');
  const [name, setName] = useState(marked?.name ?? '');
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.editDay({ day, mark, name: mark === 'plain' ? '' : name, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['calendar'] });
      message.success(t.saved);
      onClose();
    },
  });
  const isReady = reason.trim().length >= 2 && (mark === 'plain' || name.trim() !== '');
  return (
    <Modal
      open
      title={t.editTitle(day)}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isReady, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="calendar-form">
        <Radio.Group
          aria-label={t.kind}
          value={mark}
          onChange={(e) => setMark(e.target.value)}
          options={[
            { value: 'plain', label: t.marks.plain },
            { value: 'off', label: t.marks.off },
            { value: 'work', label: t.marks.work, disabled: weekday(day) < 6 },
          ]}
        />
        {mark !== 'plain' && (
          <Field label={t.festival}>
            {(id) => <Input id={id} value={name} maxLength={40} onChange={(e) => setName(e.target.value)} />}
          </Field>
        )}
        <Field label={t.reason}>
          {(id) => (
            <Input
              id={id}
              value={reason}
              maxLength={300}
              placeholder={t.reasonHint}
              onChange={(e) => setReason(e.target.value)}
            />
          )}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
