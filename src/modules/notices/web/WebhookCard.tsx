import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { notices, type Webhook } from '../contract.ts';
import { noticeKinds, noticeKindWords } from '../rules.ts';
import * as text from './text.ts';

const formats = ['wecom', 'dingtalk', 'guatu'] as const;

export function WebhookCard() {
  const t = useText(text).hooks;
  const words = useWords();
  const api = useClient(notices);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const hooks = useQuery({
    queryKey: ['notices', 'webhooks'],
    queryFn: ({ signal }) => api.webhooks({}, { signal }),
  });
  const refresh = () => cache.invalidateQueries({ queryKey: ['notices', 'webhooks'] });
  const test = useMutation({
    mutationFn: (id: string) => api.testWebhook({ id }),
    onSuccess: () => {
      void message.success(t.tested);
      // The robot answers within seconds; then the last delivery says how.
      setTimeout(() => void refresh(), 3_000);
    },
    onError: (error) => message.error(sentenceOf(error)),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.removeWebhook({ id }),
    onSuccess: refresh,
    onError: (error) => message.error(sentenceOf(error)),
  });
  return (
    <section className="card">
      <h2>
        {t.title} <small>{t.note}</small>
        <button type="button" className="to link" onClick={() => setEditing('new')}>
          {t.add}
        </button>
      </h2>
      {hooks.error && <ProblemView error={hooks.error} onRetry={() => void hooks.refetch()} />}
      {hooks.data?.length === 0 && <p className="muted">{t.none}</p>}
      <ul className="hooks">
        {hooks.data?.map((hook) => (
          <li key={hook.id}>
            <b>{hook.name}</b> <span className="muted">{t.formats[hook.format]}</span>{' '}
            <span className="muted">{hook.url}</span> {!hook.isActive && <em className="warn">{t.paused}</em>}
            <p>{hook.kinds.map((kind) => words(noticeKindWords[kind])).join('、')}</p>
            <p className={hook.last?.state === 'failed' ? 'late' : 'muted'}>
              {t.last}：
              {hook.last
                ? [t.states[hook.last.state], moment(hook.last.at), hook.last.error].filter(Boolean).join(' ')
                : t.never}
            </p>
            <div className="row">
              <Button size="small" onClick={() => setEditing(hook)}>
                {t.edit}
              </Button>
              <Button size="small" loading={test.isPending} onClick={() => test.mutate(hook.id)}>
                {t.test}
              </Button>
              <Button
                size="small"
                onClick={async () => {
                  if (await confirm({ title: t.removeAsk(hook.name), ok: t.remove, danger: true }))
                    remove.mutate(hook.id);
                }}
              >
                {t.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {editing && (
        <WebhookForm
          hook={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => void refresh()}
        />
      )}
    </section>
  );
}

function WebhookForm({ hook, onClose, onSaved }: { hook: Webhook | null; onClose: () => void; onSaved: () => void }) {
  const t = useText(text).hooks;
  const words = useWords();
  const api = useClient(notices);
  const [name, setName] = useState(hook?.name ?? '');
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  const [format, setFormat] = useState<Webhook['format']>(hook?.format ?? 'wecom');
  const [kinds, setKinds] = useState<Webhook['kinds']>(hook?.kinds ?? ['filingReturned', 'correction']);
  const [isActive, setActive] = useState(hook?.isActive ?? true);
  const save = useMutation({
    mutationFn: () =>
      api.saveWebhook({
        ...(hook && { id: hook.id }),
        name,
        ...(url && { url }),
        ...(secret && { secret }),
        format,
        kinds,
        isActive,
      }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t.title}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: name.trim() === '' || (!hook && url === '') }}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="rule-form">
        <span>{t.name}</span>
        <Input aria-label={t.name} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        <span>{t.format}</span>
        <Select
          aria-label={t.format}
          value={format}
          options={formats.map((value) => ({ value, label: t.formats[value] }))}
          onChange={setFormat}
        />
        <span>{t.url}</span>
        <Input
          aria-label={t.url}
          value={url}
          placeholder={hook ? t.urlKeep : 'https://'}
          onChange={(event) => setUrl(event.target.value.trim())}
        />
        {format !== 'wecom' && (
          <>
            <span>{t.secret}</span>
            <Input.Password
              aria-label={t.secret}
              autoComplete="off"
              value={secret}
              placeholder={hook?.hasSecret ? t.urlKeep : t.secretHint}
              onChange={(event) => setSecret(event.target.value)}
            />
          </>
        )}
        <span>{t.kinds}</span>
        <Checkbox.Group
          value={kinds}
          onChange={(chosen) => setKinds(noticeKinds.filter((kind) => chosen.includes(kind)))}
          options={noticeKinds.map((value) => ({ value, label: words(noticeKindWords[value]) }))}
        />
        <span>{t.active}</span>
        <span>
          <Switch aria-label={t.active} checked={isActive} onChange={setActive} />
        </span>
      </div>
      {save.error && <ProblemView compact error={save.error} />}
    </Modal>
  );
}
