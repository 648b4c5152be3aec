import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { opendata, type Publication } from '../contract.ts';
import { type PublicField, proposedFields, publicFields, publicFieldWords } from '../public-fields.ts';
import * as text from './text.ts';

/** On the project page: what of it everybody may see, who decided that, and the file of the open standard. */
export function PublishPanel({ project }: { project: { id: string } }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(opendata);
  const [asking, setAsking] = useState<'publish' | 'withdraw' | null>(null);
  const found = useQuery({
    queryKey: ['opendata', 'publication', project.id],
    queryFn: ({ signal }) => api.publication({ id: project.id }, { signal }),
  });
  const state = found.data;
  const last = state?.events[0];
  return (
    <section id="public">
      <h2 className="h2">
        {t.panel}
        {state && <small>{state.isPublic ? t.isPublic : t.notPublic}</small>}
        <a className="to" href={urlOf(opendata, 'oc4idsProject', { id: project.id })}>
          {t.oc4ids}
        </a>
      </h2>
      {found.error && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
      {state?.isPublic && <p>{t.shown(state.fields.map((field) => words(publicFieldWords[field])).join(t.sep))}</p>}
      {last && (
        <p className="muted small">
          {[t.history[last.kind], last.actorName, moment(last.at), last.reason].join(t.comma)}
        </p>
      )}
      {state && (state.isPublic || state.allowed.length > 0) && (
        <p className="publish-acts">
          {state.isPublic && (
            <Button size="small" href={`/public/${project.id}`}>
              {t.openPublic}
            </Button>
          )}
          {state.allowed.includes('publish') && (
            <Button size="small" onClick={() => setAsking('publish')}>
              {state.isPublic ? t.change : t.publish}
            </Button>
          )}
          {state.allowed.includes('withdraw') && (
            <Button size="small" onClick={() => setAsking('withdraw')}>
              {t.withdraw}
            </Button>
          )}
        </p>
      )}
      {state && asking && <Ask kind={asking} state={state} onClose={() => setAsking(null)} />}
    </section>
  );
}

function Ask({ kind, state, onClose }: { kind: 'publish' | 'withdraw'; state: Publication; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(opendata);
  const cache = useQueryClient();
  const [fields, setFields] = useState<readonly PublicField[]>(state.isPublic ? state.fields : proposedFields);
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: () =>
      kind === 'publish'
        ? api.publish({ id: state.projectId, fields: [...fields], reason })
        : api.withdraw({ id: state.projectId, reason }),
    onSuccess: (next) => {
      cache.setQueryData(['opendata', 'publication', state.projectId], next);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={kind === 'publish' ? t.fields : t.withdrawTitle}
      okText={kind === 'publish' ? t.save : t.withdraw}
      cancelText={t.cancel}
      okButtonProps={{ disabled: reason.trim().length < 2, danger: kind === 'withdraw' }}
      confirmLoading={act.isPending}
      onOk={() => act.mutate()}
      onCancel={onClose}
    >
      {kind === 'publish' && (
        <>
          <Checkbox.Group
            className="public-fields"
            value={[...fields]}
            onChange={(chosen) => setFields(publicFields.filter((field) => chosen.includes(field)))}
            options={publicFields.map((value) => ({ value, label: words(publicFieldWords[value]) }))}
          />
          <p className="muted">{t.never}</p>
        </>
      )}
      <div>
        {t.reason}
        <Input
          aria-label={t.reason}
          value={reason}
          maxLength={300}
          placeholder={t.reasonHint}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {act.error && <ProblemView compact error={act.error} />}
    </Modal>
  );
}
