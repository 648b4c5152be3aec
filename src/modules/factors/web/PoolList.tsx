import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type CSSProperties, useState } from 'react';
import { Link } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { moment, rate } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { categoryOf } from '../categories.ts';
import { factors, type Pool } from '../contract.ts';
import { keys } from './keys.ts';
import { type PoolAct, PoolForm } from './PoolForm.tsx';
import { amountOf, figureOf } from './show.ts';
import * as text from './text.ts';

/** The quota pools of a year with what was given to whom. */
export function PoolList({ canAllot }: { canAllot: boolean }) {
  const t = useText(text);
  const api = useClient(factors);
  const { today } = useSession();
  const [year, setYear] = useState(yearOf(today));
  const [act, setAct] = useState<{ kind: PoolAct; pool?: Pool } | null>(null);
  const found = useQuery({
    queryKey: keys.pools(year),
    queryFn: ({ signal }) => api.pools({ year }, { signal }),
    placeholderData: (before) => before,
  });
  return (
    <section className="card">
      <h2>
        {t.pools} <small>{t.poolsNote}</small>
        <span className="to factor-filters">
          <Select
            size="small"
            aria-label={t.pool.year}
            value={year}
            options={(found.data?.years ?? [year]).map((y) => ({ value: y, label: String(y) }))}
            onChange={setYear}
          />
          {canAllot && (
            <Button size="small" onClick={() => setAct({ kind: 'open' })}>
              {t.createPool}
            </Button>
          )}
        </span>
      </h2>
      {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
      {found.data?.pools.length === 0 && <p className="muted">{t.poolsNone(year)}</p>}
      {found.data?.pools.map((pool) => (
        <PoolCard key={pool.id} pool={pool} onAct={canAllot ? (kind) => setAct({ kind, pool }) : undefined} />
      ))}
      {act && <PoolForm key={act.kind} kind={act.kind} pool={act.pool} year={year} onClose={() => setAct(null)} />}
    </section>
  );
}

function PoolCard({ pool, onAct }: { pool: Pool; onAct: ((kind: PoolAct) => void) | undefined }) {
  const t = useText(text);
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const left = pool.size - pool.allotted;
  const share = pool.size === 0 ? 0 : (pool.allotted / pool.size) * 100;
  const category = words(categoryOf(pool.category).name);
  return (
    <div className="factor-pool">
      <div className="factor-pool-head">
        <span>
          <b>{pool.name}</b>
          {pool.name !== category && <small className="muted"> {category}</small>}
        </span>
        <i
          className="factor-bar"
          role="img"
          aria-label={`${t.pool.allotted} ${rate(pool.allotted, pool.size)}`}
          style={{ '--v': share } as CSSProperties}
        />
        <span className="num nowrap">
          {t.pool.left} <b>{amountOf(pool.category, left, words)}</b>
        </span>
      </div>
      <div className="factor-pool-acts">
        <span>
          {t.pool.allotted} {figureOf(pool.category, pool.allotted)} / {amountOf(pool.category, pool.size, words)}
          {t.comma}
          {rate(pool.allotted, pool.size)}
        </span>
        <span>{pool.document}</span>
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t.hideAllotments : t.allotments(pool.allotments.length)}
        </button>
        {onAct && (
          <span className="right">
            <button type="button" className="link" onClick={() => onAct('allot')}>
              {t.allot}
            </button>
            {pool.allotments.length > 0 && (
              <button type="button" className="link" onClick={() => onAct('withdraw')}>
                {t.withdraw}
              </button>
            )}
            <button type="button" className="link" onClick={() => onAct('resize')}>
              {t.resize}
            </button>
          </span>
        )}
      </div>
      {isOpen && (
        <>
          {pool.versions.length > 1 && (
            <ul className="factor-log">
              {pool.versions.map((version) => (
                <li key={version.version}>
                  <time>{moment(version.at)}</time>
                  <span>
                    {t.pool.version(version.version)} {amountOf(pool.category, version.size, words)}
                    {t.comma}
                    {version.document} <span className="muted">{version.actorName}</span>
                  </span>
                </li>
              ))}
            </ul>
          )}
          <ScrollX label={t.allotments(pool.allotments.length)}>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.pool.project}</th>
                  <th className="num">{t.pool.amount}</th>
                  <th>{t.pool.onDay}</th>
                  <th>{t.pool.document}</th>
                </tr>
              </thead>
              <tbody>
                {pool.allotments.map((allotment) => (
                  <tr key={allotment.id}>
                    <td>
                      <Link to={`/projects/${allotment.projectId}#factors`}>{allotment.projectName}</Link>
                    </td>
                    <td className="num nowrap">
                      {allotment.amount < 0
                        ? `${t.withdraw} ${figureOf(pool.category, -allotment.amount)}`
                        : figureOf(pool.category, allotment.amount)}
                    </td>
                    <td className="nowrap">{allotment.onDay}</td>
                    <td>{[allotment.document, allotment.reason].filter(Boolean).join(t.comma)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </>
      )}
    </div>
  );
}
