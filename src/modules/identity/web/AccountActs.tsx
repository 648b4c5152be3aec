import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { Account } from '../shapes.ts';
import { FirstPassword } from './FirstPassword.tsx';
import { GrantForm } from './GrantForm.tsx';
import { useRefreshIdentity } from './queries.ts';
import { SideForm } from './SideForm.tsx';
import * as text from './text.ts';

type Open = null | 'lock' | 'grant' | 'linkExternal' | { firstPassword: string };

/** The buttons of one account, drawn from what the server says may be done now. */
export function AccountActs({ account }: { account: Account }) {
  const t = useText(text).one;
  const api = useClient(identity);
  const { message } = App.useApp();
  const confirm = useConfirm();
  const refresh = useRefreshIdentity();
  const [open, setOpen] = useState<Open>(null);
  const { id, allowed } = account;
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => void message.success(t.done),
    onError: (error) => void message.error(sentenceOf(error)),
    onSettled: refresh,
  });
  const close = () => setOpen(null);
  const reset = async () => {
    if (!(await confirm({ title: t.act.reset, body: t.resetAsk, danger: true }))) return;
    act.mutate(async () => setOpen(await api.resetPassword({ id })));
  };
  const clearTotp = async () => {
    if (await confirm({ title: t.act.clearTotp, body: t.clearTotpAsk, danger: true }))
      act.mutate(() => api.clearTotp({ id }));
  };
  const unlockWords = account.isLocked ? t.act.unlock : t.act.unlockWait;
  return (
    <>
      {allowed.includes('unlock') && (
        <Button onClick={() => act.mutate(() => api.unlockAccount({ id }))}>{unlockWords}</Button>
      )}
      {allowed.includes('reset') && <Button onClick={() => void reset()}>{t.act.reset}</Button>}
      {allowed.includes('clearTotp') && <Button onClick={() => void clearTotp()}>{t.act.clearTotp}</Button>}
      {allowed.includes('linkExternal') && account.externalLogins.length === 0 && (
        <Button onClick={() => setOpen('linkExternal')}>{t.act.linkExternal}</Button>
      )}
      {allowed.includes('lock') && (
        <Button danger onClick={() => setOpen('lock')}>
          {t.act.lock}
        </Button>
      )}
      {allowed.includes('grant') && (
        <Button type="primary" onClick={() => setOpen('grant')}>
          {t.act.grant}
        </Button>
      )}
      {open === 'lock' && (
        <OneLine
          title={t.act.lock}
          help={t.lockAsk}
          label={t.reason}
          onSave={(reason) => api.lockAccount({ id, reason })}
          onClose={close}
        />
      )}
      {open === 'linkExternal' && (
        <OneLine
          title={t.act.linkExternal}
          label={t.subject}
          onSave={(subject) => api.linkExternal({ id, subject })}
          onClose={close}
        />
      )}
      {open === 'grant' && <GrantForm account={account} onClose={close} />}
      {open !== null && typeof open === 'object' && (
        <FirstPassword title={t.act.reset} username={account.username} password={open.firstPassword} onClose={close} />
      )}
    </>
  );
}

function OneLine({
  title,
  help,
  label,
  onSave,
  onClose,
}: {
  title: string;
  help?: string;
  label: string;
  onSave: (value: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useText(text);
  const refresh = useRefreshIdentity();
  const [form] = Form.useForm<{ value: string }>();
  const save = useMutation({
    mutationFn: onSave,
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <SideForm
      title={title}
      save={title}
      form={form}
      fields={[]}
      command={save}
      onSave={({ value }) => save.mutate(value)}
      onClose={onClose}
    >
      {help && <p className="soft">{help}</p>}
      <Form.Item name="value" label={label} rules={[{ required: true, whitespace: true, message: t.setup.required }]}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
    </SideForm>
  );
}
