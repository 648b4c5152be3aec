import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { notices, type Preference } from '../contract.ts';
import { noticeKinds, noticeKindWords } from '../rules.ts';
import './notices.css';
import { browserName, canBeTold, isDenied, subscribe } from './push.ts';
import * as text from './text.ts';

/** On the account page: how a person wants to be told besides the pages. */
export function MyNotices() {
  const t = useText(text).mine;
  const words = useWords();
  const api = useClient(notices);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const found = useQuery({
    queryKey: ['notices', 'preference'],
    queryFn: ({ signal }) => api.preference({}, { signal }),
  });
  const [draft, setDraft] = useState<Preference | null>(null);
  useEffect(() => {
    if (found.data && draft === null) {
      const { push, mailAddress, quietFrom, quietTo, muted } = found.data;
      setDraft({ push, mailAddress, quietFrom, quietTo, muted });
    }
  }, [found.data, draft]);
  const refresh = () => cache.invalidateQueries({ queryKey: ['notices', 'preference'] });
  const save = useMutation({
    mutationFn: (preference: Preference) => api.setPreference(preference),
    onSuccess: () => {
      void message.success(t.saved);
      return refresh();
    },
  });
  const register = useMutation({
    mutationFn: async () => {
      const subscription = await subscribe(found.data!.pushKey);
      if (subscription) await api.addDevice({ ...subscription, name: browserName() });
    },
    onSuccess: refresh,
    onError: (error) => message.error(sentenceOf(error)),
  });
  const remove = useMutation({ mutationFn: (id: string) => api.removeDevice({ id }), onSuccess: refresh });
  if (found.error) return <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || !draft) return null;
  return (
    <section className="card my-notices">
      <h2>{t.title}</h2>
      <p className="muted">{t.inPages}</p>
      <div className="row">
        <Switch aria-label={t.push} checked={draft.push} onChange={(push) => setDraft({ ...draft, push })} />
        <span>{t.push}</span>
        {canBeTold() && !isDenied() && (
          <Button size="small" loading={register.isPending} onClick={() => register.mutate()}>
            {t.pushHere}
          </Button>
        )}
      </div>
      {!canBeTold() && <p className="muted">{t.pushOff}</p>}
      {canBeTold() && isDenied() && <p className="warn">{t.pushDenied}</p>}
      <ul>
        {found.data.devices.map((device) => (
          <li key={device.id}>
            {t.device(device.name)} <small className="muted">{t.added(device.addedAt.slice(0, 10))}</small>{' '}
            <Button size="small" type="text" onClick={() => remove.mutate(device.id)}>
              {t.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <span>{t.mail}</span>
        <Input
          type="email"
          aria-label={t.mail}
          value={draft.mailAddress ?? ''}
          onChange={(event) => setDraft({ ...draft, mailAddress: event.target.value.trim() || null })}
        />
      </div>
      {!found.data.hasMail && <p className="muted">{t.mailOff}</p>}
      <div className="row">
        <span>{t.quiet}</span>
        <Input
          type="time"
          aria-label={`${t.quiet} 1`}
          value={draft.quietFrom}
          onChange={(event) => event.target.value && setDraft({ ...draft, quietFrom: event.target.value })}
        />
        <span>{t.to}</span>
        <Input
          type="time"
          aria-label={`${t.quiet} 2`}
          value={draft.quietTo}
          onChange={(event) => event.target.value && setDraft({ ...draft, quietTo: event.target.value })}
        />
      </div>
      <p className="muted">{t.quietNote}</p>
      <p>{t.muted}</p>
      <Checkbox.Group
        value={draft.muted}
        onChange={(chosen) => setDraft({ ...draft, muted: noticeKinds.filter((kind) => chosen.includes(kind)) })}
        options={noticeKinds.map((value) => ({ value, label: words(noticeKindWords[value]) }))}
      />
      {save.error && <ProblemView compact error={save.error} />}
      <p>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>
          {t.save}
        </Button>
      </p>
    </section>
  );
}
