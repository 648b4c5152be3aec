import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { categoryOf } from '../categories.ts';
import { factors, type Owner } from '../contract.ts';
import { FactorHead } from './FactorHead.tsx';
import { keys, topics } from './keys.ts';
import { amountOf } from './show.ts';
import * as text from './text.ts';

/** `/factors/promises`: who promised what for a day that is past, the unit with most of them first. */
export function PromisesPage() {
  const t = useText(text);
  const api = useClient(factors);
  const found = useQuery({ queryKey: keys.promises, queryFn: ({ signal }) => api.promises({}, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  const owners = found.data?.owners ?? [];
  const total = owners.reduce((sum, owner) => sum + owner.promises.length, 0);
  return (
    <>
      <FactorHead note={found.data && t.promisesNote(total, owners.length)} />
      <div className="page-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && owners.length === 0 && <Empty title={t.promisesNone} />}
        {owners.map((owner) => (
          <OwnerCard key={owner.unit?.id ?? ''} owner={owner} />
        ))}
      </div>
    </>
  );
}

function OwnerCard({ owner }: { owner: Owner }) {
  const t = useText(text);
  const words = useWords();
  const name = owner.unit?.name ?? t.noOwner;
  return (
    <section className="card factor-owner">
      <h2>
        {name} <small>{t.count(owner.promises.length)}</small>
      </h2>
      <ScrollX label={name}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.promiseHeads.project}</th>
              <th>{t.promiseHeads.category}</th>
              <th className="num">{t.promiseHeads.gap}</th>
              <th>{t.promiseHeads.promise}</th>
              <th className="num">{t.promiseHeads.late}</th>
              <th>{t.promiseHeads.person}</th>
            </tr>
          </thead>
          <tbody>
            {owner.promises.map((promise) => (
              <tr key={promise.needId}>
                <td>
                  <Link to={`/projects/${promise.projectId}#factors`}>{promise.projectName}</Link>
                </td>
                <td className="nowrap">{words(categoryOf(promise.category).name)}</td>
                <td className="num nowrap">
                  {amountOf(promise.category, Math.max(0, promise.demand - promise.supplied), words)}
                </td>
                <td className="nowrap">
                  {promise.promisedOn}
                  {promise.promisedOriginal !== promise.promisedOn && (
                    <small className="muted"> {t.first(promise.promisedOriginal)}</small>
                  )}
                </td>
                <td className="num late nowrap">{t.daysLate(promise.daysLate)}</td>
                <td className="nowrap">{promise.personName ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
