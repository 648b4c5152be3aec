import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ProjectFunding } from '../shapes.ts';
import { ContractDrawer } from './ContractDrawer.tsx';
import { ContractForm } from './ContractForm.tsx';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';

const first = 6;

/** Contracts with what was paid of each; a click opens tender, award, modifications and payments. */
export function ContractTable({ money }: { money: ProjectFunding }) {
  const t = useText(text);
  const c = t.contracts;
  const language = useLanguage();
  const [isAll, setAll] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const canAdd = money.allowed.includes('enter');
  if (money.contracts.length === 0 && !canAdd) return null;
  const shown = isAll ? money.contracts : money.contracts.slice(0, first);
  return (
    <>
      <h3 className="funding-h3">
        {c.title} {money.contracts.length > 0 && <small className="muted">{c.count(money.contracts.length)}</small>}
        {canAdd && (
          <button type="button" className="link" onClick={() => setAdding(true)}>
            {c.add}
          </button>
        )}
      </h3>
      {shown.length > 0 && (
        <ScrollX label={c.title}>
          <table className="plain">
            <thead>
              <tr>
                <th>{c.head.title}</th>
                <th>{c.head.supplier}</th>
                <th className="num">{c.head.value}</th>
                <th className="num">{c.head.paid}</th>
                <th className="num">{c.head.share}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((contract) => (
                <tr key={contract.id}>
                  <td>
                    <button type="button" className="link" onClick={() => setOpen(contract.id)}>
                      {contract.title}
                    </button>{' '}
                    {contract.status !== 'active' && <small className="muted">{c.status[contract.status]}</small>}
                  </td>
                  <td>{contract.supplierName ?? <span className="muted">—</span>}</td>
                  <td className="num" title={contract.currentYuan !== contract.valueYuan ? c.withChanges : undefined}>
                    {yi(contract.currentYuan, language)}
                    {contract.currentYuan !== contract.valueYuan && '*'}
                  </td>
                  <td className="num">{yi(contract.paidYuan, language)}</td>
                  <td className="num">{shareText(contract.paidYuan, contract.currentYuan)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {money.contracts.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {c.more(money.contracts.length - shown.length)}
        </button>
      )}
      {isAdding && <ContractForm projectId={money.projectId} onClose={() => setAdding(false)} />}
      {open && <ContractDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}
