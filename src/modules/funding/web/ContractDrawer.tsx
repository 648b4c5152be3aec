import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { moment, yiWithUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { funding } from '../contract.ts';
import type { ContractPage } from '../shapes.ts';
import { ContractForm } from './ContractForm.tsx';
import { ModifyForm } from './ModifyForm.tsx';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';
import './funding.css';

/** One contract from tender to payment. */
export function ContractDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(funding);
  const [form, setForm] = useState<'edit' | 'modify' | null>(null);
  const found = useQuery({
    queryKey: ['funding', 'contract', id],
    queryFn: ({ signal }) => api.contract({ id }, { signal }),
  });
  const contract = found.data;
  return (
    <Drawer
      open
      title={contract?.title ?? '…'}
      size={560}
      styles={{ mask: drawerMask }}
      onClose={onClose}
      extra={
        contract?.allowed.includes('edit') && (
          <div className="form-foot">
            <Button size="small" onClick={() => setForm('edit')}>
              {t.contracts.edit}
            </Button>
            {contract.signedOn && (
              <Button size="small" onClick={() => setForm('modify')}>
                {t.contracts.modify}
              </Button>
            )}
          </div>
        )
      }
    >
      {found.error && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
      {contract && <Sheet contract={contract} today={today} />}
      {contract && form === 'edit' && (
        <ContractForm projectId={contract.projectId} contract={contract} onClose={() => setForm(null)} />
      )}
      {contract && form === 'modify' && <ModifyForm contract={contract} today={today} onClose={() => setForm(null)} />}
    </Drawer>
  );
}

function Sheet({ contract, today }: { contract: ContractPage; today: string }) {
  const t = useText(text);
  const c = t.contracts;
  const language = useLanguage();
  const money = (yuan: number | null) => yiWithUnit(yuan, language);
  const steps = [
    { label: c.steps.tender, day: contract.tenderedOn },
    { label: c.steps.award, day: contract.awardedOn },
    { label: c.steps.signed, day: contract.signedOn },
    { label: c.steps.ends, day: contract.currentEnd },
    { label: c.steps.closed, day: contract.closedOn },
  ];
  const facts: [string, string | null][] = [
    [c.facts.nature, c.natures[contract.nature]],
    [c.facts.code, contract.code],
    [c.facts.method, contract.method && c.methods[contract.method]],
    [c.facts.tenderers, contract.tenderers === null ? null : String(contract.tenderers)],
    [c.facts.estimate, contract.estimateYuan === null ? null : money(contract.estimateYuan)],
    [c.facts.supplier, contract.supplierName],
    [c.facts.supplierCode, contract.supplierCode],
    [c.facts.value, contract.valueYuan === null ? null : money(contract.valueYuan)],
    [c.facts.current, contract.currentYuan === contract.valueYuan ? null : money(contract.currentYuan)],
    [c.facts.paid, `${money(contract.paidYuan)} · ${shareText(contract.paidYuan, contract.currentYuan)}`],
    [c.facts.document, contract.document],
  ];
  return (
    <div className="funding-sheet">
      <ol className="funding-steps">
        {steps.map(({ label, day }) => (
          <li key={label} className={day && day <= today ? undefined : 'todo'}>
            <b>{label}</b>
            <span>{day ?? '—'}</span>
          </li>
        ))}
      </ol>
      <dl className="kv">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="kv-pair">
              <dt>{label}</dt>
              <dd>
                {value}
                {label === c.facts.supplierCode && contract.supplierCodeFails && (
                  <small className="warn"> {c.codeFails}</small>
                )}
              </dd>
            </div>
          ))}
      </dl>
      <h3 className="funding-h3">{c.modifications}</h3>
      {contract.modifications.length === 0 ? (
        <p className="muted">{c.noModifications}</p>
      ) : (
        <ScrollX label={c.modifications}>
          <table className="plain">
            <tbody>
              {contract.modifications.map((m) => (
                <tr key={m.id}>
                  <td className="nowrap">{m.onDay}</td>
                  <td className="nowrap">{c.modificationKinds[m.kind]}</td>
                  <td className="num nowrap">
                    {m.deltaYuan !== null && `${m.deltaYuan > 0 ? '+' : ''}${money(m.deltaYuan)}`}
                    {m.newEnd !== null && c.endMoves(m.oldEnd ?? '—', m.newEnd)}
                  </td>
                  <td>
                    {m.rationale}{' '}
                    <small className="muted">{[m.document, m.approver].filter(Boolean).join(' · ')}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      <h3 className="funding-h3">{c.payments}</h3>
      {contract.paid.length === 0 ? (
        <p className="muted">{c.noPayments}</p>
      ) : (
        <ScrollX label={c.payments}>
          <table className="plain funding-entries">
            <tbody>
              {contract.paid.map((entry) => (
                <tr key={entry.id} className={entry.correctedById ? 'corrected' : undefined}>
                  <td className="nowrap">{entry.onDay}</td>
                  <td className="num nowrap">{money(entry.yuan)}</td>
                  <td>{entry.document}</td>
                  <td>{entry.actorName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {contract.versions.length > 1 && (
        <>
          <h3 className="funding-h3">{c.history}</h3>
          <ul className="funding-log">
            {contract.versions.slice(0, -1).map((version) => (
              <li key={version.version}>
                <time>{moment(version.at)}</time> {version.reason} <small className="muted">{version.actorName}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
