import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, date } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { dispatch } from '../contract.ts';
import type { memberLists } from '../rate-shapes.ts';
import type { RateBasis, RateCode, RateLevel } from '../rates.ts';
import * as text from './rate-text.ts';

/** Which list of names is asked for. */
export interface Asked {
  code?: RateCode;
  list: (typeof memberLists)[number];
  level: RateLevel;
  basis: RateBasis;
  day: string;
  county?: string;
}

const parts = ['missing', 'numerator', 'denominator'] as const;

/** The projects behind a figure. Of a rate the reader may look at what is missing, counted, or all. */
export function RateMembers({ asked, title, onClose }: { asked: Asked | null; title: string; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(dispatch);
  const [part, setPart] = useState<Asked['list'] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every list opened anew starts with the part it was opened for
  useEffect(() => setPart(null), [asked]);
  const input = asked && { ...asked, list: part ?? asked.list };
  const members = useQuery({
    queryKey: ['dispatch', 'rates', 'members', input],
    queryFn: ({ signal }) => api.rateMembers(input!, { signal }),
    enabled: input !== null,
  });
  const h = t.members;
  return (
    <Drawer
      open={asked !== null}
      onClose={onClose}
      title={title}
      size="60rem"
      extra={
        input && (
          <Button href={urlOf(dispatch, 'exportRateMembers', { ...input, language })} size="small">
            {t.exportList}
          </Button>
        )
      }
    >
      {asked?.code && (
        <Segmented
          value={part ?? asked.list}
          options={parts.map((value) => ({ value, label: t.lists[value] }))}
          onChange={setPart}
          style={{ marginBottom: '0.75rem' }}
        />
      )}
      {members.error && <ProblemView error={members.error} onRetry={() => void members.refetch()} />}
      {members.data?.length === 0 && <p className="muted">{t.empty}</p>}
      {members.data && members.data.length > 0 && (
        <>
          <p className="muted">{t.count(count(members.data.length))}</p>
          <ScrollX label={title}>
            <table className="plain rate-members">
              <thead>
                <tr>
                  <th>{h.serial}</th>
                  <th>{h.name}</th>
                  <th>{h.county}</th>
                  <th>{h.lead}</th>
                  <th>{h.startPlanned}</th>
                  <th>{h.startActual}</th>
                  <th className="num">{h.late}</th>
                  <th>{h.finishPlanned}</th>
                  <th>{h.finishActual}</th>
                </tr>
              </thead>
              <tbody>
                {members.data.map((m) => (
                  <tr key={m.id}>
                    <td className="tabular">{String(m.serial).padStart(4, '0')}</td>
                    <td className="name">
                      <Link to={`/projects/${m.id}`}>{m.name}</Link>
                      {m.demo && <span className="sample">{t.sample}</span>}
                      {m.childCount > 0 && <small className="muted"> {t.items(m.childCount)}</small>}
                      {m.parentName && <small className="muted block">{t.packageOf(m.parentName)}</small>}
                    </td>
                    <td>{m.countyName}</td>
                    <td>{m.leadName}</td>
                    <td>{date(m.startPlanned)}</td>
                    <td>{date(m.startActual)}</td>
                    <td className={`num${(m.startLateDays ?? 0) > 0 ? ' late' : ''}`}>
                      {m.startLateDays !== null && m.startLateDays > 0 && t.lateDays(m.startLateDays)}
                    </td>
                    <td>{date(m.finishPlanned)}</td>
                    <td>{date(m.finishActual)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </>
      )}
    </Drawer>
  );
}
