import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import { QrCode } from './QrCode.tsx';
import { keys, useRefreshIdentity } from './queries.ts';
import * as text from './text.ts';

type Step = null | 'begin' | 'renew' | 'remove' | { draft: { secret: string; uri: string } } | { codes: string[] };

/** Turning one-time codes on and off. Secrets live in this component's memory only and are gone with it. */
export function MyTotp() {
  const t = useText(text).totp;
  const api = useClient(identity);
  const { message } = App.useApp();
  const refresh = useRefreshIdentity();
  const [step, setStep] = useState<Step>(null);
  const state = useQuery({ queryKey: keys.totp, queryFn: ({ signal }) => api.totp({}, { signal }) });
  const withPassword = useMutation({
    mutationFn: async (password: string): Promise<Step> => {
      if (step === 'begin') return { draft: await api.beginTotp({ password }) };
      if (step === 'renew') return { codes: (await api.renewBackupCodes({ password })).backupCodes };
      await api.removeTotp({ password });
      void message.success(t.isOff);
      return null;
    },
    onSuccess: async (next) => {
      setStep(next);
      await refresh();
    },
  });
  const confirm = useMutation({
    mutationFn: (code: string) => api.confirmTotp({ code }),
    onSuccess: async ({ backupCodes }) => {
      void message.success(t.isOn);
      setStep({ codes: backupCodes });
      await refresh();
    },
  });
  const ask = (next: Step) => {
    withPassword.reset();
    confirm.reset();
    setStep(next);
  };
  if (!state.data) return state.isError ? <ProblemView compact error={state.error} /> : null;
  const { isOn, backupCodesLeft } = state.data;
  return (
    <section className="card">
      <h2>
        {t.title} {isOn && <small>{t.left(backupCodesLeft)}</small>}
      </h2>
      <p className="soft">{isOn ? t.on : t.off}</p>
      {step === null && (
        <div className="row">
          {!isOn && <Button onClick={() => ask('begin')}>{t.begin}</Button>}
          {isOn && <Button onClick={() => ask('renew')}>{t.renew}</Button>}
          {isOn && (
            <Button danger onClick={() => ask('remove')}>
              {t.remove}
            </Button>
          )}
        </div>
      )}
      {typeof step === 'string' && (
        <OneField
          key={step}
          label={t.askPassword}
          act={t[step]}
          isPassword
          isPending={withPassword.isPending}
          error={withPassword.error}
          onEnter={(password) => withPassword.mutate(password)}
          onCancel={() => ask(null)}
        />
      )}
      {step !== null && typeof step === 'object' && 'draft' in step && (
        <>
          <p>{t.scan}</p>
          <div className="totp-draft">
            <QrCode text={step.draft.uri} label={t.qrLabel} />
            <dl className="kv">
              <dt>{t.secret}</dt>
              <dd className="secret">{step.draft.secret}</dd>
              <dt>{t.uri}</dt>
              <dd className="secret">{step.draft.uri}</dd>
            </dl>
          </div>
          <OneField
            label={t.code}
            act={t.confirm}
            isPending={confirm.isPending}
            error={confirm.error}
            onEnter={(code) => confirm.mutate(code)}
            onCancel={() => ask(null)}
          />
        </>
      )}
      {step !== null && typeof step === 'object' && 'codes' in step && (
        <BackupCodes codes={step.codes} onKept={() => ask(null)} />
      )}
    </section>
  );
}

function OneField({
  label,
  act,
  isPassword = false,
  isPending,
  error,
  onEnter,
  onCancel,
}: {
  label: string;
  act: string;
  isPassword?: boolean;
  isPending: boolean;
  error: Error | null;
  onEnter: (value: string) => void;
  onCancel: () => void;
}) {
  const t = useText(text);
  return (
    <Form<{ value: string }>
      className="identity-form"
      layout="vertical"
      requiredMark={false}
      onFinish={({ value }) => onEnter(value)}
    >
      <Form.Item name="value" label={label} rules={[{ required: true, message: t.setup.required }]}>
        {isPassword ? (
          <Input.Password autoComplete="current-password" autoFocus />
        ) : (
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} autoFocus />
        )}
      </Form.Item>
      {error && <ProblemView compact error={error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={isPending}>
          {act}
        </Button>{' '}
        <Button onClick={onCancel}>{t.accounts.cancel}</Button>
      </div>
    </Form>
  );
}

function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useText(text).totp;
  const { message } = App.useApp();
  return (
    <>
      <p>{t.codesHelp}</p>
      <ul className="backup-codes" aria-label={t.codes}>
        {codes.map((code) => (
          <li key={code} className="secret">
            {code}
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          onClick={() => {
            void navigator.clipboard?.writeText(codes.join('\n')).then(() => message.success(t.copied));
          }}
        >
          {t.copy}
        </Button>
        <Button type="primary" onClick={onKept}>
          {t.kept}
        </Button>
      </div>
    </>
  );
}
