import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { month } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { enrolment, type MonthPair } from '../contract.ts';
import { type GapCause, gapCauses, gapCauseWords } from '../gap.ts';
import { keys } from './keys.ts';
import { gapShare, signed } from './show.ts';
import * as text from './text.ts';

/** A gap is explained by a cause from the list and in words. */
export function ExplainForm({ projectId, pair, onClose }: { projectId: string; pair: MonthPair; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [cause, setCause] = useState<GapCause>(pair.explanation?.cause ?? 'method');
  const [written, setWritten] = useState(pair.explanation?.text ?? '');
  const save = useMutation({
    mutationFn: () => api.explainGap({ projectId, period: pair.period, cause, text: written.trim() }),
    onSuccess: (after) => {
      cache.setQueryData(keys.one(projectId), after);
      void cache.invalidateQueries({ queryKey: ['enrolment', 'gaps'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t.explain.title(month(pair.period))}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: written.trim() === '', loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="en-form">
        <p>
          {t.pair.gap} <b className="num">{signed(pair.gapYuan)}</b> {t.wan}（
          {gapShare(pair.gapYuan, pair.statisticsYuan)}）
        </p>
        <Field label={t.explain.cause}>
          {(id) => (
            <Select
              id={id}
              value={cause}
              onChange={setCause}
              options={gapCauses.map((value) => ({ value, label: words(gapCauseWords[value]) }))}
            />
          )}
        </Field>
        <Field label={t.explain.text}>
          {(id) => (
            <TextBox
              id={id}
              value={written}
              maxLength={500}
              placeholder={t.explain.placeholder}
              onChange={(event) => setWritten(event.target.value)}
            />
          )}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
