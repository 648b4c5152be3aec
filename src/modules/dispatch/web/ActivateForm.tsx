import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch, type RuleSetVersion } from '../contract.ts';
import * as text from './text.ts';

/** Puts a version in force from a day on; rules never reach back. */
export function ActivateForm({ shown, onClose }: { shown: RuleSetVersion; onClose: () => void }) {
  const t = useText(text).rules;
  const words = useWords();
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { today } = useSession();
  const [effectiveOn, setEffectiveOn] = useState(today);
  const [reason, setReason] = useState('');
  const { code, version } = shown;
  const activate = useMutation({
    mutationFn: () => api.activate({ code, version, effectiveOn, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dispatch'] });
      message.success(t.activated(effectiveOn));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t.activateTitle(words(shown.set.name), version)}
      okText={t.activate}
      cancelText={t.cancel}
      okButtonProps={{ disabled: reason.trim().length < 2 || effectiveOn < today, loading: activate.isPending }}
      onOk={() => activate.mutate()}
      onCancel={onClose}
    >
      <div className="light-form">
        <Field label={t.effectiveOn}>
          {(id) => (
            <Input
              id={id}
              type="date"
              min={today}
              value={effectiveOn}
              onChange={(e) => setEffectiveOn(e.target.value)}
            />
          )}
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
        {activate.error && <ProblemView error={activate.error} compact />}
      </div>
    </Modal>
  );
}
