import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { Allowed, useSession } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { ledger, type Outcome } from '../contract.ts';
import * as text from './list-text.ts';

const most = 1000;

/** What is done to many at once. Each act says how many went through, and of those refused the first few with their reasons. */
export function ListBulk({ ids, onDone }: { ids: ReadonlySet<string>; onDone: () => void }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(ledger);
  const cache = useQueryClient();
  const { message, modal } = App.useApp();
  const [asks, setAsks] = useState<'remind' | 'draw' | null>(null);
  const [said, setSaid] = useState('');
  const all = [...ids];
  const act = useMutation({
    mutationFn: ({ send }: { name: string; send: () => Promise<Outcome> }) => send(),
    onSuccess: ({ done, refused }, { name }) => {
      setAsks(null);
      void cache.invalidateQueries({ queryKey: ['ledger'] });
      if (done.length > 0) void message.success(t.bulk.done(name, done.length));
      if (refused.length > 0)
        modal.info({
          title: t.bulk.refused(refused.length),
          icon: null,
          content: (
            <ul className="ml-refused">
              {refused.slice(0, 12).map((one) => (
                <li key={one.id}>
                  {one.no ?? ''} {words(one.reason)}
                </li>
              ))}
            </ul>
          ),
        });
      onDone();
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const isTooMany = ids.size > most;
  const button = (name: string, onClick: () => void) => (
    <Button
      size="small"
      disabled={isTooMany}
      title={isTooMany ? t.bulk.tooMany : undefined}
      loading={act.isPending && act.variables.name === name}
      onClick={onClick}
    >
      {name}
    </Button>
  );
  return (
    <>
      <Allowed permission="ledger.handle">
        {button(t.bulk.sign, () => act.mutate({ name: t.bulk.sign, send: () => api.sign({ ids: all }) }))}
      </Allowed>
      <Allowed permission="ledger.issue">
        {button(t.bulk.issue, () => act.mutate({ name: t.bulk.issue, send: () => api.issue({ ids: all }) }))}
      </Allowed>
      <Allowed permission="ledger.supervise">{button(t.bulk.remind, () => setAsks('remind'))}</Allowed>
      {ids.size > 1 && <Allowed permission="ledger.verify">{button(t.bulk.draw, () => setAsks('draw'))}</Allowed>}
      <Button
        size="small"
        disabled={ids.size > 200}
        href={urlOf(ledger, 'exportList', { ids: ids.size > 200 ? [] : all, format: 'xlsx', language })}
        download
      >
        {t.bulk.exportThese}
      </Button>
      {asks === 'remind' && (
        <Modal
          open
          title={t.bulk.remindTitle(ids.size)}
          onCancel={() => setAsks(null)}
          width={420}
          okText={t.bulk.remind}
          cancelText={t.cancel}
          confirmLoading={act.isPending}
          onOk={() =>
            act.mutate({
              name: t.bulk.remind,
              send: () => api.remind({ ids: all, ...(said.trim() && { text: said.trim() }) }),
            })
          }
        >
          <Input.TextArea
            autoFocus
            rows={3}
            maxLength={500}
            aria-label={t.bulk.remindText}
            placeholder={t.bulk.remindText}
            value={said}
            onChange={(event) => setSaid(event.target.value)}
          />
        </Modal>
      )}
      {asks === 'draw' && <DrawDialog ids={all} onClose={() => setAsks(null)} />}
    </>
  );
}

function DrawDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(ledger);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { today } = useSession();
  const [k, setK] = useState(Math.max(1, Math.ceil(ids.length / 10)));
  const [seed, setSeed] = useState(`${today}#city`);
  const drawn = useMutation({
    mutationFn: () => api.drawSample({ ids: [...ids], k, seed: seed.trim() }),
    onSuccess: ({ id }) => void navigate(`/matters/samples/${id}`),
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return (
    <Modal
      open
      title={t.draw.title(ids.length)}
      onCancel={onClose}
      width={460}
      okText={t.draw.go}
      cancelText={t.cancel}
      confirmLoading={drawn.isPending}
      okButtonProps={{ disabled: seed.trim() === '' }}
      onOk={() => drawn.mutate()}
    >
      <p className="soft">{t.draw.hint}</p>
      <div className="form-pair">
        <FormField label={t.draw.k}>
          {(id) => (
            <InputNumber id={id} min={1} max={ids.length - 1} value={k} onChange={(value) => setK(value ?? 1)} />
          )}
        </FormField>
        <FormField label={t.draw.seed}>
          {(id) => <Input id={id} maxLength={100} value={seed} onChange={(event) => setSeed(event.target.value)} />}
        </FormField>
      </div>
    </Modal>
  );
}
