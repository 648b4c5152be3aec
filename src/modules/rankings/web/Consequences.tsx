import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type ConsequenceView, rankings } from '../contract.ts';
import * as text from './text.ts';

const keyOf = ({ board, pool, unitId, code }: ConsequenceView) => ({ board, pool, unitId, code });

/** What follows from the boards of a month: confirmed into the ledger, or let go with a reason. */
export function Consequences({ period, canSettle }: { period: string; canSettle: boolean }) {
  const all = useText(text);
  const t = all.consequences;
  const words = useWords();
  const api = useClient(rankings);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const [waived, setWaived] = useState<ConsequenceView | null>(null);
  const list = useQuery({
    queryKey: ['rankings', 'consequences', period],
    queryFn: ({ signal }) => api.consequences({ period }, { signal }),
  });
  const rows = list.data ?? [];
  const open = rows.filter((one) => one.state === 'proposed' && one.raisesMatter);
  const raise = useMutation({
    mutationFn: (items: ReturnType<typeof keyOf>[]) => api.raise({ period, items }),
    onSuccess: ({ raised }) => message.success(t.raised(raised)),
    onError: (error) => message.error(sentenceOf(error)),
    onSettled: () => cache.invalidateQueries({ queryKey: ['rankings'] }),
  });
  const ask = async (some: readonly ConsequenceView[]) => {
    if (await confirm({ title: t.confirm, body: t.confirmBody(some.length), ok: t.raise }))
      raise.mutate(some.map(keyOf));
  };
  return (
    <section className="card">
      <h2>
        {t.title}
        {canSettle && open.length > 1 && (
          <span className="to">
            <Button type="primary" loading={raise.isPending} onClick={() => void ask(open)}>
              {t.raiseAll(open.length)}
            </Button>
          </span>
        )}
      </h2>
      {list.error && <ProblemView compact error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className="muted">{t.none}</p>}
      {rows.length > 0 && (
        <ScrollX label={t.title}>
          <table className="plain consequence-table">
            <thead>
              <tr>
                <th>{t.columns.unit}</th>
                <th>{t.columns.board}</th>
                <th>{t.columns.text}</th>
                <th>{t.columns.streak}</th>
                <th>{t.columns.state}</th>
                {canSettle && <th>{t.columns.acts}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={Object.values(keyOf(one)).join(' ')}>
                  <th scope="row">{one.unitName}</th>
                  <td>{words(one.boardName)}</td>
                  <td>{words(one.text)}</td>
                  <td className="nowrap">{t.months(one.streak)}</td>
                  <td>
                    {one.raisesMatter || one.state === 'waived' ? t.states[one.state] : t.notMatter}
                    {one.matter && (
                      <>
                        {' '}
                        <Link to={`/matters/${one.matter.id}`}>{one.matter.no}</Link>
                      </>
                    )}
                    {one.reason && <small className="muted">{one.reason}</small>}
                  </td>
                  {canSettle && (
                    <td>
                      {one.state === 'proposed' && one.raisesMatter && (
                        <span className="consequence-acts">
                          <Button
                            size="small"
                            aria-label={`${t.raise} ${one.unitName} ${words(one.text)}`}
                            disabled={raise.isPending}
                            onClick={() => void ask([one])}
                          >
                            {t.raise}
                          </Button>
                          <Button
                            size="small"
                            aria-label={`${t.waive} ${one.unitName} ${words(one.text)}`}
                            onClick={() => setWaived(one)}
                          >
                            {t.waive}
                          </Button>
                        </span>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {waived && <WaiveForm period={period} one={waived} onClose={() => setWaived(null)} />}
    </section>
  );
}

function WaiveForm({ period, one, onClose }: { period: string; one: ConsequenceView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(rankings);
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.waive({ period, ...keyOf(one), reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  return (
    <FormDrawer
      title={t.consequences.waiveTitle}
      help={`${one.unitName}：${words(one.text)}`}
      error={save.error}
      fields={[]}
      isReady={reason.trim().length >= 2}
      isPending={save.isPending}
      saveWords={t.consequences.waive}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
