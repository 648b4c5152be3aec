import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { formatMoney, parseMoney } from '#core/shared/money.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment, yiWithUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { lifecycle } from '../contract.ts';
import type { ReserveRules } from '../reserve.ts';
import type { RulesView } from '../shapes.ts';
import { useCommand } from './queries.ts';
import { ReserveHead } from './ReserveHead.tsx';
import * as text from './text.ts';

/** The rules of the pool as they count now, with their source; the city changes them in versions. */
export function RulesPage() {
  const t = useText(text).rules;
  const words = useWords();
  const api = useClient(lifecycle);
  const [isEditing, setEditing] = useState(false);
  const page = useQuery({ queryKey: ['lifecycle', 'rules'], queryFn: ({ signal }) => api.rules({}, { signal }) });
  const { data } = page;
  const all = data?.rules.checklist.reduce((sum, item) => sum + item.weight, 0) ?? 0;
  return (
    <>
      <ReserveHead
        tab={t.title}
        note={data && t.version(data.version)}
        actions={data?.allowed.includes('configure') && <Button onClick={() => setEditing(true)}>{t.edit}</Button>}
      />
      <div className="page-body">
        {page.error && <ProblemView error={page.error} onRetry={() => void page.refetch()} />}
        {data && (
          <div className="life-rules">
            <section className="card">
              <h2>
                {t.kinds} <small>{t.kindsNote}</small>
              </h2>
              <ScrollX label={t.kinds}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t.name}</th>
                      <th className="num">{t.floor}</th>
                      <th>{t.boards}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.rules.kinds.map((kind) => (
                      <tr key={kind.code}>
                        <td>{words(kind.name)}</td>
                        <td className="num nowrap">{yiWithUnit(kind.floorYuan)}</td>
                        <td>{kind.boards.join(' · ')}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </section>
            <section className="card">
              <h2>
                {t.checklist} <small>{t.checklistNote(all)}</small>
              </h2>
              <table className="plain">
                <tbody>
                  {data.rules.checklist.map((item) => (
                    <tr key={item.code}>
                      <td>{words(item.name)}</td>
                      <td className="num">{item.weight}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <section className="card">
              <h2>{t.numbers}</h2>
              <dl className="kv">
                <dt>{t.factor}</dt>
                <dd>
                  {data.rules.targetFactor} <span className="muted">{t.factorNote}</span>
                </dd>
                <dt>{t.tier}</dt>
                <dd>{data.rules.targetTier}</dd>
                <dt>{t.limit}</dt>
                <dd>{data.rules.startLimitMonths}</dd>
                <dt>{t.source}</dt>
                <dd>{data.rules.source}</dd>
                {data.actorName && data.at && (
                  <>
                    <dt>{t.reason}</dt>
                    <dd>
                      {data.reason} <span className="muted">{t.lastChange(data.actorName, moment(data.at))}</span>
                    </dd>
                  </>
                )}
              </dl>
            </section>
          </div>
        )}
      </div>
      {isEditing && data && <RulesDrawer view={data} onClose={() => setEditing(false)} />}
    </>
  );
}

const yiText = (yuan: number) => formatMoney(yuan, '亿元', 4).replace(/\.?0+$/, '');

/** Floors, weights and numbers of the rules; kinds and items themselves stay, so that what was entered keeps its meaning. */
function RulesDrawer({ view, onClose }: { view: RulesView; onClose: () => void }) {
  const t = useText(text).rules;
  const words = useWords();
  const { rules } = view;
  const [floors, setFloors] = useState(() => rules.kinds.map((kind) => yiText(kind.floorYuan)));
  const [weights, setWeights] = useState(() => rules.checklist.map((item) => String(item.weight)));
  const [factor, setFactor] = useState(String(rules.targetFactor));
  const [limit, setLimit] = useState(String(rules.startLimitMonths));
  const [tier, setTier] = useState(rules.targetTier);
  const [source, setSource] = useState(rules.source);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.setRules>[0]) => api.setRules(input), onClose);
  const yuan = floors.map((entry) => parseMoney(entry, '亿元').yuan);
  const whole = (entry: string, least: number, most: number) =>
    /^\d+$/.test(entry.trim()) && Number(entry) >= least && Number(entry) <= most;
  const isFactor = /^\d+(\.\d+)?$/.test(factor.trim()) && Number(factor) <= 100;
  const isSound =
    yuan.every((one) => one !== null && one >= 0) &&
    weights.every((entry) => whole(entry, 1, 100)) &&
    isFactor &&
    whole(limit, 1, 60) &&
    tier.trim() !== '' &&
    source.trim().length > 1 &&
    reason.trim().length > 1;
  const bad = (isWrong: boolean) => (isShown && isWrong ? t.badNumber : undefined);
  const line = (label: string, value: string, onChange: (value: string) => void, fault?: string) => (
    <FormField key={label} label={label} fault={fault}>
      {(id) => <Input id={id} value={value} maxLength={300} onChange={({ target }) => onChange(target.value)} />}
    </FormField>
  );
  return (
    <FormDrawer
      title={t.edit}
      error={save.error}
      fields={[]}
      isPending={save.isPending}
      saveWords={t.saveVersion}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (!isSound) return;
        const next: ReserveRules = {
          kinds: rules.kinds.map((kind, i) => ({ ...kind, floorYuan: yuan[i]! })),
          checklist: rules.checklist.map((item, i) => ({ ...item, weight: Number(weights[i]) })),
          targetFactor: Number(factor),
          targetTier: tier.trim(),
          startLimitMonths: Number(limit),
          source: source.trim(),
        };
        save.mutate({ basedOn: view.version, rules: next, reason: reason.trim() });
      }}
    >
      <h3 className="h2">
        {t.kinds} <small>{t.floor}</small>
      </h3>
      {rules.kinds.map((kind, i) =>
        line(
          words(kind.name),
          floors[i]!,
          (value) => setFloors((now) => now.with(i, value)),
          bad(yuan[i] === null || yuan[i]! < 0),
        ),
      )}
      <h3 className="h2">
        {t.checklist} <small>{t.weight}</small>
      </h3>
      {rules.checklist.map((item, i) =>
        line(
          words(item.name),
          weights[i]!,
          (value) => setWeights((now) => now.with(i, value)),
          bad(!whole(weights[i]!, 1, 100)),
        ),
      )}
      <h3 className="h2">{t.numbers}</h3>
      {line(t.factor, factor, setFactor, bad(!isFactor))}
      {line(t.tier, tier, setTier, bad(tier.trim() === ''))}
      {line(t.limit, limit, setLimit, bad(!whole(limit, 1, 60)))}
      {line(t.source, source, setSource)}
      {line(t.reason, reason, setReason, isShown && reason.trim().length < 2 ? t.reason : undefined)}
    </FormDrawer>
  );
}
