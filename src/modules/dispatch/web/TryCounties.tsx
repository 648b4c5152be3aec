import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch } from '../contract.ts';
import { CountyLamp } from './CountyLamp.tsx';
import { CountyWhy } from './CountyWhy.tsx';
import * as text from './text.ts';

/** What a version of a set with rules for counties says of each county today. Nothing is changed. */
export function TryCounties({ code, version }: { code: string; version: number }) {
  const t = useText(text).county;
  const api = useClient(dispatch);
  const { today } = useSession();
  const [open, setOpen] = useState<string>();
  const tried = useQuery({
    queryKey: ['dispatch', 'counties', code, version],
    queryFn: ({ signal }) => api.counties({ code, version }, { signal }),
  });
  return (
    <section className="card">
      <h2>{t.tryTitle}</h2>
      {tried.error && <ProblemView error={tried.error} compact onRetry={() => tried.refetch()} />}
      {tried.data?.counties.length === 0 && <p className="muted">{t.none}</p>}
      {tried.data && tried.data.counties.length > 0 && (
        <table className="plain county-tries">
          <tbody>
            {tried.data.counties.map((county) => (
              <Fragment key={county.unitId}>
                <tr>
                  <td className="nowrap">{county.name}</td>
                  <td>
                    <CountyLamp
                      county={county}
                      isOpen={open === county.unitId}
                      onToggle={() => setOpen(open === county.unitId ? undefined : county.unitId)}
                    />
                  </td>
                </tr>
                {open === county.unitId && (
                  <tr>
                    <td colSpan={2}>
                      <CountyWhy county={county} today={today} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
