import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { rankings } from '../contract.ts';
import * as text from './form-text.ts';

/** Every version of a definition, and for one of the city's the way to withdraw it. */
export function History({
  kind,
  code,
  canWithdraw,
  onClose,
}: {
  kind: 'ranking' | 'board';
  code: string;
  canWithdraw: boolean;
  onClose: () => void;
}) {
  const t = useText(text);
  const api = useClient(rankings);
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const list = useQuery({
    queryKey: ['rankings', 'history', kind, code],
    queryFn: ({ signal }) => api.history({ kind, code }, { signal }),
  });
  const withdraw = useMutation({
    mutationFn: () => api.withdraw({ kind, code, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  return (
    <section>
      <h2 className="h2">{t.history}</h2>
      <ul className="ranking-places">
        {list.data?.map((one) => (
          <li key={one.version}>
            <b>{one.version === 0 ? t.shipped : t.version(one.version)}</b>{' '}
            {one.definition === null && <span className="tag">{t.withdrawn}</span>} {one.reason}
            {one.at && <small className="muted">{t.by(one.actorName, moment(one.at))}</small>}
          </li>
        ))}
      </ul>
      {canWithdraw && (
        <fieldset className="definition-part">
          <legend>{t.withdraw}</legend>
          <p className="muted">{t.withdrawHelp}</p>
          <Input
            aria-label={`${t.withdraw} ${t.reason}`}
            placeholder={t.reason}
            value={reason}
            maxLength={300}
            onChange={(e) => setReason(e.target.value)}
          />
          <Button
            danger
            disabled={reason.trim().length < 2}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate()}
          >
            {t.withdraw}
          </Button>
          {withdraw.error && <ProblemView compact error={withdraw.error} />}
        </fieldset>
      )}
    </section>
  );
}
