import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { duties } from '../contract.ts';
import type { Incident } from '../incident-contract.ts';
import { levels, levelWords } from '../incident-rules.ts';
import * as text from './incident-text.ts';

export function LevelForm({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(duties);
  const cache = useQueryClient();
  const [level, setLevel] = useState<(typeof levels)[number] | null>(null);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.setLevel({ id: incident.id, version: incident.version, level: level!, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  return (
    <Modal
      open
      title={t.setLevelTitle}
      okText={t.confirm}
      cancelText={t.cancel}
      okButtonProps={{ disabled: level === null || reason.trim().length < 2, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="incident-form">
        <p className="muted">{t.setLevelNote}</p>
        <Field label={t.newLevel}>
          {(id) => (
            <Select
              id={id}
              value={level}
              options={levels
                .filter((one) => one !== incident.level)
                .map((value) => ({ value, label: words(levelWords[value]) }))}
              onChange={setLevel}
            />
          )}
        </Field>
        <Field label={t.reason}>
          {(id) => <TextBox id={id} maxLength={300} value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}

export function InstructForm({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [said, setSaid] = useState('');
  const save = useMutation({
    mutationFn: () => api.instruct({ id: incident.id, text: said }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  return (
    <Modal
      open
      title={t.instructTitle}
      okText={t.instructTitle}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !said.trim(), loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="incident-form">
        <Field label={t.instructText}>
          {(id) => (
            <TextBox id={id} minRows={3} maxLength={500} value={said} onChange={(e) => setSaid(e.target.value)} />
          )}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
