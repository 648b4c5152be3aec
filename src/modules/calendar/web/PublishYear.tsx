import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { calendar } from '../contract.ts';
import { marksFromLines } from '../mark-lines.ts';
import * as text from './text.ts';

/** Types in the State Council's notice for a year. */
export function PublishYear({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const api = useClient(calendar);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { today } = useSession();
  const [year, setYear] = useState(yearOf(today) + 1);
  const [notice, setNotice] = useState('');
  const [noticeDate, setNoticeDate] = useState('');
  const [lines, setLines] = useState('');
  const [reason, setReason] = useState('');
  const { days, wrongLines } = marksFromLines(lines);
  const publish = useMutation({
    mutationFn: () => api.publishYear({ year, notice, noticeDate, days, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['calendar'] });
      message.success(t.saved);
      onClose();
    },
  });
  const isReady =
    notice.trim().length >= 4 &&
    noticeDate !== '' &&
    days.length > 0 &&
    wrongLines.length === 0 &&
    reason.trim().length >= 2;
  return (
    <Modal
      open
      title={t.publishTitle}
      okText={t.publish}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isReady, loading: publish.isPending }}
      onOk={() => publish.mutate()}
      onCancel={onClose}
    >
      <div className="calendar-form">
        <Field label={t.year}>
          {(id) => (
            <InputNumber id={id} value={year} min={2000} max={2100} onChange={(value) => setYear(value ?? year)} />
          )}
        </Field>
        <Field label={t.noticeNumber}>
          {(id) => <Input id={id} value={notice} maxLength={60} onChange={(e) => setNotice(e.target.value)} />}
        </Field>
        <Field label={t.noticeDate}>
          {(id) => <Input id={id} type="date" value={noticeDate} onChange={(e) => setNoticeDate(e.target.value)} />}
        </Field>
        <Field
          label={t.days}
          hint={
            <small className={wrongLines.length > 0 ? 'late' : 'muted'}>
              {' '}
              {wrongLines.length > 0 ? t.wrongLines(wrongLines.join('、')) : t.daysHint}{' '}
            </small>
          }
        >
          {(id) => <Input.TextArea id={id} rows={8} value={lines} onChange={(e) => setLines(e.target.value)} />}
        </Field>
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
        {publish.error && <ProblemView error={publish.error} compact />}
      </div>
    </Modal>
  );
}
