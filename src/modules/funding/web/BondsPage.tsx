import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { yi, yiUnit, yiWithUnit } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { funding } from '../contract.ts';
import type { BondShown, Bonds } from '../shapes.ts';
import { AllotForm } from './AllotForm.tsx';
import { BondForm } from './BondForm.tsx';
import { FundingTabs } from './FundingTabs.tsx';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';
import './funding.css';

/** Special bonds under the six-month rule: issues with their projects, and the money that lies idle. */
export function BondsPage() {
  const t = useText(text);
  const b = t.bonds;
  const language = useLanguage();
  const { today } = useSession();
  const api = useClient(funding);
  const [form, setForm] = useState<{ edit: BondShown | null } | { allot: BondShown } | null>(null);
  const found = useQuery({ queryKey: ['funding', 'bonds'], queryFn: ({ signal }) => api.bonds({}, { signal }) });
  useLiveRefetch(['funding.*'], [['funding']]);
  const data = found.data;
  const canEdit = data?.allowed.includes('edit') ?? false;
  return (
    <>
      <PageHead
        title={b.section}
        note={data && b.asOf(data.day)}
        actions={
          canEdit && (
            <Button size="small" type="primary" onClick={() => setForm({ edit: null })}>
              {b.add}
            </Button>
          )
        }
      >
        {data && data.bonds.length > 0 && (
          <>
            <span>
              {b.head.allotted} <b>{yiWithUnit(data.totals.allottedYuan, language)}</b>
            </span>
            <span>
              {b.head.used} <b>{yiWithUnit(data.totals.usedYuan, language)}</b>
            </span>
            <span>
              {b.head.progress} <b>{shareText(data.totals.usedYuan, data.totals.expectedYuan || null)}</b>
            </span>
            <span>
              {b.head.idle} <b>{yiWithUnit(data.totals.idleYuan, language)}</b>
            </span>
          </>
        )}
      </PageHead>
      <FundingTabs />
      <div className="page-body funding-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data?.bonds.length === 0 && <Empty title={b.none} hint={b.noneHint} />}
        {data && data.bonds.length > 0 && (
          <>
            <section className="card">
              <h2>
                {b.section} <small>{b.rule}</small>
              </h2>
              <ScrollX label={b.section}>
                <IssueTable
                  bonds={data.bonds}
                  {...(canEdit && { onEdit: (edit) => setForm({ edit }), onAllot: (allot) => setForm({ allot }) })}
                />
              </ScrollX>
            </section>
            <section className="card">
              <h2>
                {b.idleTitle}{' '}
                <small>
                  {b.idleNote}
                  {language === 'zh' ? '，' : ', '}
                  {yiUnit(language)}
                </small>
              </h2>
              <IdleTable bonds={data} />
            </section>
          </>
        )}
      </div>
      {form && 'edit' in form && (
        <BondForm today={today} {...(form.edit && { bond: form.edit })} onClose={() => setForm(null)} />
      )}
      {form && 'allot' in form && <AllotForm bond={form.allot} today={today} onClose={() => setForm(null)} />}
    </>
  );
}

function IssueTable({
  bonds,
  onEdit,
  onAllot,
}: {
  bonds: readonly BondShown[];
  onEdit?: (bond: BondShown) => void;
  onAllot?: (bond: BondShown) => void;
}) {
  const t = useText(text);
  const b = t.bonds;
  const language = useLanguage();
  // An issue of many projects would push the next ones off the screen: its projects open on a click.
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(bonds.length === 1 ? [bonds[0]!.id] : []));
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <table className="plain funding-bonds">
      <thead>
        <tr>
          <th>{b.head.bond}</th>
          <th>{b.head.issued}</th>
          <th className="num">
            {b.head.amount} <small>{yiUnit(language)}</small>
          </th>
          <th className="num">{b.head.allotted}</th>
          <th className="num">{b.head.used}</th>
          <th className="num">{b.head.expected}</th>
          <th className="num">{b.head.progress}</th>
          <th>{b.head.useBy}</th>
          <th>{b.head.light}</th>
        </tr>
      </thead>
      <tbody>
        {bonds.map((bond) => (
          <Fragment key={bond.id}>
            <tr className="issue">
              <td>
                <b>{bond.name}</b> {bond.demo && <span className="sample">{t.sample}</span>}
                <br />
                <small className="muted">
                  {[bond.code, b.terms(bond.termYears, bond.ratePercent), bond.note].filter(Boolean).join(' · ')}
                </small>
                <span className="funding-acts">
                  <button
                    type="button"
                    className="more"
                    aria-expanded={open.has(bond.id)}
                    onClick={() => toggle(bond.id)}
                  >
                    {open.has(bond.id) ? '▾' : '▸'} {b.projects(bond.allotments.length)}
                  </button>
                </span>
                {onEdit && onAllot && (
                  <span className="funding-acts">
                    <button type="button" className="link" onClick={() => onAllot(bond)}>
                      {b.allot}
                    </button>
                    <button type="button" className="link" onClick={() => onEdit(bond)}>
                      {b.edit}
                    </button>
                  </span>
                )}
              </td>
              <td className="nowrap">{bond.issuedOn}</td>
              <td className="num">{yi(bond.yuan, language)}</td>
              <td className="num" title={b.unallotted(yiWithUnit(bond.yuan - bond.allottedYuan, language))}>
                {yi(bond.allottedYuan, language)}
              </td>
              <Use use={bond} />
              <td className="nowrap">{bond.useBy}</td>
              <td>
                <Light value={bond.light} />
              </td>
            </tr>
            {(open.has(bond.id) ? bond.allotments : []).map((allotment) => (
              <tr key={allotment.projectId} className="part">
                <td>
                  <Link to={`/projects/${allotment.projectId}#funding`}>{allotment.projectName}</Link>
                </td>
                <td />
                <td />
                <td className="num" title={`${allotment.allottedOn} ${allotment.document}`}>
                  {yi(allotment.allottedYuan, language)}
                </td>
                <Use use={allotment} />
                <td />
                <td>
                  <Light value={allotment.light} />
                </td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Use({ use }: { use: { usedYuan: number; expectedYuan: number } }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <>
      <td className="num">{yi(use.usedYuan, language)}</td>
      <td className="num">{yi(use.expectedYuan, language)}</td>
      <td className="num">
        {use.expectedYuan === 0 ? (
          <span className="muted">{t.bonds.notYet}</span>
        ) : (
          shareText(use.usedYuan, use.expectedYuan)
        )}
      </td>
    </>
  );
}

/** Money that was allotted and lies there, the largest first; what is past its six months comes with its day. */
function IdleTable({ bonds: { bonds, day } }: { bonds: Bonds }) {
  const t = useText(text);
  const b = t.bonds;
  const language = useLanguage();
  const idle = bonds
    .flatMap((bond) => bond.allotments.map((allotment) => ({ bond, ...allotment })))
    .filter((row) => row.idleYuan > 0)
    .sort((x, y) => y.idleYuan - x.idleYuan);
  if (idle.length === 0) return <p className="muted">{b.idleNone}</p>;
  return (
    <ScrollX label={b.idleTitle}>
      <table className="plain">
        <thead>
          <tr>
            <th>{b.head.project}</th>
            <th>{b.head.bond}</th>
            <th className="num">{b.head.idle}</th>
            <th className="num">{b.head.allotted}</th>
            <th>{b.head.useBy}</th>
            <th>{b.head.light}</th>
          </tr>
        </thead>
        <tbody>
          {idle.map((row) => (
            <tr key={`${row.bond.id} ${row.projectId}`}>
              <td>
                <Link to={`/projects/${row.projectId}#funding`}>{row.projectName}</Link>
              </td>
              <td>{row.bond.name}</td>
              <td className="num">
                <b>{yi(row.idleYuan, language)}</b>
              </td>
              <td className="num">{yi(row.allottedYuan, language)}</td>
              <td className={row.bond.useBy < day ? 'nowrap late' : 'nowrap'}>{row.bond.useBy}</td>
              <td>
                <Light value={row.light} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
