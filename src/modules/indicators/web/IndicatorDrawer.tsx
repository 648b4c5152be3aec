import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { drawerMask, FormBody, FormFoot } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { groupings, type IndicatorView, indicators } from '../contract.ts';
import type { useMoment } from './address.ts';
import { FigureText } from './FigureText.tsx';
import { GroupTable } from './GroupTable.tsx';
import * as text from './text.ts';

type Address = ReturnType<typeof useMoment>;

/** One indicator: what it says, its figure for each group, and how its formula came to be. */
export function IndicatorDrawer({
  shown,
  address,
  canDefine,
}: {
  shown: IndicatorView;
  address: Address;
  canDefine: boolean;
}) {
  const t = useText(text);
  const words = useWords();
  const navigate = useNavigate();
  const api = useClient(indicators);
  const { at, by, set } = address;
  const { definition, version, whole } = shown;
  const { code } = definition;
  const [isWithdrawing, setWithdrawing] = useState(false);
  const groups = useQuery({
    queryKey: ['indicators', 'groups', code, at, by],
    queryFn: ({ signal }) => api.groups({ ...at, code, by }, { signal }),
    placeholderData: (before) => before,
  });
  const close = () => set('open', null);
  return (
    <Drawer
      open
      title={words(nameOf(definition))}
      size="46rem"
      styles={{ mask: drawerMask }}
      onClose={close}
      extra={
        canDefine && (
          <span className="indicator-acts">
            <Button size="small" onClick={() => navigate(`/dispatch/indicators/${code}/edit`)}>
              {t.edit}
            </Button>
            {version > 0 && (
              <Button size="small" danger onClick={() => setWithdrawing(true)}>
                {t.withdraw}
              </Button>
            )}
          </span>
        )
      }
    >
      <div className="indicator-sheet">
        {isWithdrawing && <Withdraw shown={shown} onClose={() => setWithdrawing(false)} onDone={close} />}
        <p className="big">
          <FigureText figure={whole} of={definition} />
        </p>
        <dl className="kv">
          <dt>{t.columns.formula}</dt>
          <dd>
            <code className="formula">{definition.formula}</code>
          </dd>
          <dt>{t.columns.caliber}</dt>
          <dd>{words(nameOf({ name: definition.caliber }))}</dd>
          {definition.basis && (
            <>
              <dt>{t.columns.source}</dt>
              <dd>{definition.basis}</dd>
            </>
          )}
        </dl>
        <Segmented
          aria-label={t.byGroup}
          value={by}
          options={groupings.map((value) => ({ value, label: t.by[value] }))}
          onChange={(value) => set('by', value === 'county' ? null : value)}
        />
        {groups.error && <ProblemView error={groups.error} compact onRetry={() => void groups.refetch()} />}
        {groups.data && <GroupTable {...groups.data} by={by} of={definition} />}
        <History code={code} version={version} />
      </div>
    </Drawer>
  );
}

/** An English name may be missing; the Chinese one never is. */
export const nameOf = ({ name }: { name: { zh: string; en: string } }) => ({ zh: name.zh, en: name.en || name.zh });

function History({ code, version }: { code: string; version: number }) {
  const t = useText(text);
  const api = useClient(indicators);
  const history = useQuery({
    queryKey: ['indicators', 'history', code, version],
    queryFn: ({ signal }) => api.history({ code }, { signal }),
  });
  return (
    <section aria-label={t.history}>
      <h2>{t.history}</h2>
      {history.error && <ProblemView error={history.error} compact onRetry={() => void history.refetch()} />}
      <ol className="indicator-history">
        {history.data?.map((v) => (
          <li key={v.version}>
            <p>
              <b>{v.version === 0 ? t.shipped : t.version(v.version)}</b>
              {v.at !== null && (
                <span className="soft">
                  {moment(v.at)} {v.actorName}
                </span>
              )}
              {v.at !== null && <span>{v.reason}</span>}
            </p>
            {v.definition ? <code className="formula">{v.definition.formula}</code> : <span>{t.withdrawn}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Withdraw({ shown, onClose, onDone }: { shown: IndicatorView; onClose: () => void; onDone: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(indicators);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const { definition } = shown;
  const withdraw = useMutation({
    mutationFn: () => api.withdraw({ code: definition.code, reason }),
    onSuccess: async () => {
      message.success(t.withdrawDone);
      onDone();
      await cache.invalidateQueries({ queryKey: ['indicators'] });
    },
  });
  const isReady = reason.trim().length >= 2;
  return (
    <FormBody
      className="card"
      error={withdraw.error}
      fields={[]}
      isReady={isReady}
      onSave={() => withdraw.mutate()}
      foot={
        <FormFoot isPending={withdraw.isPending} isReady={isReady} isDanger saveWords={t.withdraw} onClose={onClose} />
      }
    >
      <p className="soft">
        {t.withdrawTitle(words(nameOf(definition)))}：{t.withdrawNote}
      </p>
      <FormField label={t.form.reason}>
        {(id) => <Input id={id} autoFocus value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormBody>
  );
}
