import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { count, date, rate, yi, yiUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { forecasts } from '../contract.ts';
import * as text from './text.ts';

/** On the project's page: where the year and the building are likely to end, and what such forecasts were worth. */
export function ProjectForecastSection({ project }: { project: { id: string } }) {
  const t = useText(text);
  const api = useClient(forecasts);
  const found = useQuery({
    queryKey: ['forecasts', 'project', project.id],
    queryFn: ({ signal }) => api.ofProject({ id: project.id }, { signal }),
    staleTime: 60_000,
  });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const forecast = found.data?.forecast;
  if (!found.data || !forecast) return null;
  const { money, finish } = forecast;
  const { tested, inside, finishTested, finishInside } = found.data;
  const kind = money ? t.classes.slice(0, 4 - money.references.step).join('、') : '';
  const finishKind = finish
    ? [[t.sameBoard, t.sameSize], [t.sameSize], [t.sameBoard], [t.anyClass]][finish.step]!.join('、')
    : '';
  const hit = (n: number, all: number) => (all > 0 ? t.hitOf(count(n), count(all), rate(n, all)) : t.noHit);
  return (
    <section className="card">
      <h2>
        {t.section}
        <Link className="to" to="/dispatch/forecasts">
          {t.link}
        </Link>
      </h2>
      <dl className="kv">
        <dt>{t.yearEnd}</dt>
        <dd>
          {money ? (
            <>
              <b>
                {yi(money.spread.p10)} — {yi(money.spread.p90)} {yiUnit()}
              </b>
              {` · ${t.middle} ${yi(money.spread.p50)} · ${t.ofPlan(rate(money.spread.p50, forecast.planYuan))}`}
              <br />
              <small className="muted">
                {t.references(count(money.references.windows), count(money.references.projects), kind)} ·{' '}
                {hit(inside, tested)}
              </small>
            </>
          ) : (
            <span className="muted">{t.tooFew}</span>
          )}
        </dd>
        {finish && (
          <>
            <dt>{t.finish}</dt>
            <dd>
              {finish.spread ? (
                <>
                  <b>
                    {date(finish.spread.p10)} — {date(finish.spread.p90)}
                  </b>
                  {` · ${t.middle} ${date(finish.spread.p50)} · ${t.finishPlanned} ${date(finish.planned)}`}
                  <br />
                  <small className="muted">
                    {t.finished(count(finish.projects), finishKind)} · {hit(finishInside, finishTested)}
                  </small>
                </>
              ) : (
                <span className="muted">{t.tooFew}</span>
              )}
              {finish.atPace && (
                <>
                  <br />
                  <small className="muted">{t.atPace(date(finish.atPace))}</small>
                </>
              )}
            </dd>
          </>
        )}
      </dl>
      <p className="muted">
        <small>{t.caution}</small>
      </p>
    </section>
  );
}
