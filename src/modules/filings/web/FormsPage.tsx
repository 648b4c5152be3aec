import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import type { FormPage, FormVersion } from '../cycle-contract.ts';
import type { CycleKind } from '../period.ts';
import * as text from './cycle-text.ts';
import { FilingTabs } from './FilingTabs.tsx';
import { FormEditor } from './FormEditor.tsx';
import { keys } from './keys.ts';
import { shortMoment } from './show.ts';
import * as common from './text.ts';

/** Months first: the form that carries the money. */
const order: readonly CycleKind[] = ['monthly', 'weekly', 'halfMonthly', 'quarterly'];

/** `/filings/forms`: the forms of the city with number, issuer, approval, validity, what they ask and who reviews. */
export function FormsPage() {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const [edited, setEdited] = useState<FormVersion | null>(null);
  const found = useQuery({ queryKey: keys.forms, queryFn: ({ signal }) => call.forms({}, { signal }) });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const page = found.data;
  const saved = (next: FormPage) => {
    cache.setQueryData(keys.forms, next);
    void cache.invalidateQueries({ queryKey: keys.lists });
    setEdited(null);
  };
  return (
    <>
      <FilingTabs />
      <PageHead title={t.forms.title} note={t.forms.moneyNote} />
      <div className="page-body ft">
        {page &&
          order.map((kind) => {
            const { versions, isExpired } = page.forms.find((f) => f.kind === kind)!;
            return (
              <FormCard
                key={kind}
                versions={versions}
                isExpired={isExpired}
                rules={page.dueRules}
                onChange={page.allowed.includes('change') ? () => setEdited(versions[0]!) : null}
              />
            );
          })}
      </div>
      {edited && page && (
        <FormEditor form={edited} rules={page.dueRules} onClose={() => setEdited(null)} onSaved={saved} />
      )}
    </>
  );
}

function FormCard({
  versions,
  isExpired,
  rules,
  onChange,
}: {
  versions: readonly FormVersion[];
  isExpired: boolean;
  rules: FormPage['dueRules'];
  onChange: (() => void) | null;
}) {
  const t = useText(text);
  const c = useText(common);
  const words = useWords();
  const form = versions[0]!;
  const rule = rules.find((r) => r.code === form.due.code && r.n === form.due.n && r.atTime === form.due.atTime);
  const { tiers, stages } = form.population;
  const population = [
    tiers.length > 0 && t.forms.tiers(tiers.join('、')),
    stages.length > 0 && t.forms.stages(stages.join('、')),
  ]
    .filter(Boolean)
    .join('；');
  return (
    <section className="card">
      <h2 className="h2">
        {form.title}
        <small>
          {t.kinds[form.kind]} · {t.forms.version(form.version)}
        </small>
        {isExpired && <span className="tag late">{t.forms.expired}</span>}
        {onChange && (
          <span className="to">
            <Button size="small" onClick={onChange}>
              {t.forms.change}
            </Button>
          </span>
        )}
      </h2>
      <dl className="kv">
        <dt>{t.forms.no}</dt>
        <dd>{form.formNo}</dd>
        <dt>{t.forms.issuer}</dt>
        <dd>{form.issuer}</dd>
        <dt>{t.forms.approval}</dt>
        <dd>{form.approval}</dd>
        <dt>{t.forms.valid}</dt>
        <dd className={isExpired ? 'late' : undefined}>
          {form.validFrom} — {form.validUntil ?? t.forms.noEnd}
        </dd>
        <dt>{t.forms.asks}</dt>
        <dd>{form.fields.map((field) => c.fields[field]).join('、')}</dd>
        <dt>{t.forms.chain}</dt>
        <dd>{[t.forms.owner, ...form.chain.map((level) => t.levels[level])].join(' → ')}</dd>
        <dt>{t.forms.due}</dt>
        <dd title={form.due.basis}>{rule ? words(rule.name) : `${form.due.basis}（${form.due.atTime}）`}</dd>
        <dt>{t.forms.population}</dt>
        <dd>
          {population || t.forms.everybody} · {form.opensItself ? t.forms.opens : t.forms.opensNot}
        </dd>
        {form.special.length > 0 && (
          <>
            <dt>{t.forms.special}</dt>
            <dd>
              {form.special
                .map((s) =>
                  s.exempt !== null
                    ? t.forms.specialExempt(s.on, s.exempt)
                    : t.forms.specialCovers(s.on, s.covers.join('+'), s.due ? `，${t.forms.days(s.due.n)}` : ''),
                )
                .join('；')}
            </dd>
          </>
        )}
      </dl>
      {versions.length > 1 && (
        <details>
          <summary>{t.forms.versions(versions.length)}</summary>
          <ol className="ft-versions">
            {versions.map((v) => (
              <li key={v.version}>
                <b>{t.forms.version(v.version)}</b>
                <span>
                  {v.validFrom} — {v.validUntil ?? t.forms.noEnd}
                </span>
                <span>{v.reason}</span>
                <small>{v.at ? `${v.actorName} ${shortMoment(moment(v.at))}` : t.forms.shipped}</small>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
