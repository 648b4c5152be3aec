import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { filings } from '../../contract.ts';
import type { CheckRule } from '../../correction-contract.ts';
import '../correction/correction.css';
import { FilingTabs } from '../FilingTabs.tsx';
import { RuleForm } from './RuleForm.tsx';
import * as text from './text.ts';

/** `/filings/rules`: what filings are checked by, in four severities, with the city's own numbers and their history. */
export function RulesPage() {
  const t = useText(text);
  const words = useWords();
  const call = useClient(filings);
  const [changing, setChanging] = useState<CheckRule | null>(null);
  const [shown, setShown] = useState<CheckRule | null>(null);
  const found = useQuery({ queryKey: ['filings', 'rules'], queryFn: ({ signal }) => call.rules({}, { signal }) });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <p className="page-wait">{t.loading}</p>;
  const { rules, allowed } = found.data;
  const mayChange = allowed.includes('change');
  return (
    <>
      <PageHead title={t.title} note={t.note(count(rules.length))}>
        <span>{t.hint}</span>
      </PageHead>
      <FilingTabs />
      <div className="page-body">
        <section className="card">
          <ScrollX label={t.title}>
            <table className="plain fcr-table">
              <thead>
                <tr>
                  <th>{t.columns.rule}</th>
                  <th>{t.columns.severity}</th>
                  <th>{t.columns.sentence}</th>
                  <th>{t.columns.params}</th>
                  <th>{t.columns.version}</th>
                  {mayChange && <th>{t.columns.act}</th>}
                </tr>
              </thead>
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule.code}>
                    <th scope="row">
                      {words(rule.name)}
                      <small>{rule.basis}</small>
                    </th>
                    <td className="nowrap">
                      <span className={`sev ${rule.now.severity}`}>
                        {t.severitySigns[rule.now.severity]} {t.severities[rule.now.severity]}
                      </span>
                      {!rule.now.isActive && <small>{t.off}</small>}
                      {rule.floor !== 'inform' && <small>{t.floor(t.severities[rule.floor])}</small>}
                    </td>
                    <td className="fcr-sentence">{words(rule.now.words ?? rule.sentence).replace(/\{\w+\}/g, '…')}</td>
                    <td className="fcr-params">
                      {rule.params.map((p) => (
                        <small key={p.key}>
                          {words(p.name)} <b>{count(rule.now.params[p.key])}</b> {words(p.unit)}
                        </small>
                      ))}
                      {rule.now.phrases && <small>{t.phrases(count(rule.now.phrases.length))}</small>}
                    </td>
                    <td className="nowrap">
                      {rule.now.version === 0 ? t.shipped : t.version(rule.now.version)}
                      {rule.versions.length > 0 && (
                        <small>
                          <Button type="link" size="small" onClick={() => setShown(rule)}>
                            {t.history(count(rule.versions.length))}
                          </Button>
                        </small>
                      )}
                    </td>
                    {mayChange && (
                      <td>
                        <Button size="small" onClick={() => setChanging(rule)}>
                          {t.change}
                        </Button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </section>
      </div>
      {changing && <RuleForm rule={changing} onClose={() => setChanging(null)} />}
      {shown && (
        <Modal open footer={null} title={t.historyTitle(words(shown.name))} onCancel={() => setShown(null)}>
          <div className="fcr-rules">
            {shown.versions.map((v) => (
              <article key={v.version}>
                <b>
                  {t.version(v.version)} · {t.severities[v.severity]}
                  {!v.isActive && ` · ${t.off}`}
                </b>
                <p>
                  {v.reason}
                  {v.document && `（${v.document}）`}
                </p>
                <p className="muted">
                  {v.actorName} {moment(v.at)} · {t.from} {v.validFrom} · {t.until} {v.validUntil ?? t.noEnd}
                </p>
                <p className="muted">
                  {shown.params.map((p) => `${words(p.name)} ${count(v.params[p.key])} ${words(p.unit)}`).join('；')}
                </p>
              </article>
            ))}
          </div>
        </Modal>
      )}
    </>
  );
}
