import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, rate } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type LateStep, type PermitOwner, permits } from '../contract.ts';
import { keys, topics } from './keys.ts';
import { PermitHead } from './PermitHead.tsx';
import * as text from './text.ts';

/** `/permits`: which step is over its limit, at whom, and how often each unit is in time. */
export function PermitsPage() {
  const t = useText(text);
  const api = useClient(permits);
  const found = useQuery({ queryKey: keys.owners, queryFn: ({ signal }) => api.owners({}, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  const page = found.data;
  const late = page?.owners.filter((owner) => owner.overdue.length > 0) ?? [];
  const near = page?.owners.filter((owner) => owner.near.length > 0) ?? [];
  return (
    <>
      <PermitHead note={page && t.asOf(page.asOf)} />
      <div className="page-body permit-city">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {page?.projects === 0 && <Empty title={t.noneYet} hint={t.noneYetHint} />}
        {page && page.projects > 0 && (
          <>
            <section className="card permit-figs">
              <Figure label={t.summary.projects} value={page.projects} />
              <Figure label={t.summary.permitted} value={page.permitted} />
              <Figure label={t.summary.running} value={page.states.running} />
              <Figure label={t.summary.suspended} value={page.states.suspended} light="warn" />
              <Figure label={t.summary.overdue} value={page.states.overdue} light="late" />
              <Figure label={t.summary.ready} value={page.states.ready} />
            </section>
            <section className="card">
              <h2>
                {t.lateTitle} <small>{t.lateNote(late.reduce((sum, owner) => sum + owner.overdue.length, 0))}</small>
              </h2>
              {late.length === 0 && <p className="muted">{t.lateNone}</p>}
              {late.map((owner) => (
                <LateTable key={owner.name} owner={owner} steps={owner.overdue} />
              ))}
            </section>
            {near.length > 0 && (
              <section className="card">
                <h2>{t.nearTitle}</h2>
                {near.map((owner) => (
                  <LateTable key={owner.name} owner={owner} steps={owner.near} />
                ))}
              </section>
            )}
            <OwnerTable owners={page.owners} />
          </>
        )}
      </div>
    </>
  );
}

function Figure({ label, value, light }: { label: string; value: number; light?: 'warn' | 'late' }) {
  return (
    <div>
      <b className="num">{count(value)}</b>
      {light ? (
        <span className="light" data-light={light}>
          {label}
        </span>
      ) : (
        <span className="soft">{label}</span>
      )}
    </div>
  );
}

function LateTable({ owner, steps }: { owner: PermitOwner; steps: readonly LateStep[] }) {
  const t = useText(text);
  const words = useWords();
  return (
    <div className="permit-owner">
      <h3>
        {owner.name} <small className="muted">{t.lateNote(steps.length)}</small>
      </h3>
      <ScrollX label={owner.name}>
        <table className="plain permit-late">
          <thead>
            <tr>
              <th>{t.lateHeads.project}</th>
              <th>{t.lateHeads.step}</th>
              <th>{t.lateHeads.accepted}</th>
              <th>{t.lateHeads.due}</th>
              <th className="num">{t.lateHeads.used}</th>
              <th className="num">{t.lateHeads.over}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.stepId}>
                <td>
                  <Link to={`/projects/${step.projectId}#permits`}>{step.projectName}</Link>
                </td>
                <td className="nowrap">{words(step.name)}</td>
                <td className="nowrap">{step.acceptedOn}</td>
                <td className="nowrap">{step.dueOn}</td>
                <td className="num nowrap">{t.used(step.usedDays, step.limitDays, step.limitUnit)}</td>
                <td className={step.state === 'overdue' ? 'num late nowrap' : 'num nowrap'}>
                  {step.state === 'overdue'
                    ? t.over(-step.leftDays, step.limitUnit)
                    : t.left(step.leftDays, step.limitUnit)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </div>
  );
}

function OwnerTable({ owners }: { owners: readonly PermitOwner[] }) {
  const t = useText(text);
  return (
    <section className="card">
      <h2>
        {t.ownersTitle} <small>{t.ownersNote}</small>
      </h2>
      <ScrollX label={t.ownersTitle}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.ownerHeads.owner}</th>
              <th className="num">{t.ownerHeads.running}</th>
              <th className="num">{t.ownerHeads.overdue}</th>
              <th className="num">{t.ownerHeads.near}</th>
              <th className="num">{t.ownerHeads.finished}</th>
              <th className="num">{t.ownerHeads.rate}</th>
            </tr>
          </thead>
          <tbody>
            {owners.map((owner) => (
              <tr key={owner.unit?.id ?? owner.name}>
                <th scope="row">{owner.name}</th>
                <td className="num">{count(owner.running)}</td>
                <td className={owner.overdue.length > 0 ? 'num late' : 'num'}>{count(owner.overdue.length)}</td>
                <td className="num">{count(owner.near.length)}</td>
                <td className="num">{count(owner.finished)}</td>
                <td className="num">{rate(owner.finishedInTime, owner.finished)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
