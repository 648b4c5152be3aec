import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { dash } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { meetings } from '../contract.ts';
import type { MeetingView, Observation } from '../shapes.ts';
import { keys } from './keys.ts';
import { RouteForm } from './RouteForm.tsx';
import { timeOf } from './show.ts';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

/** The route of an observation, its scheme of points, and the ranking for who may see it. */
export function RouteCard({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const api = useClient(meetings);
  const { run, isPending } = useAct();
  const confirm = useConfirm();
  const [isEdit, setEdit] = useState(false);
  const { id } = meeting;
  const found = useQuery({
    queryKey: keys.observation(id),
    queryFn: ({ signal }) => api.observation({ id }, { signal }),
  });
  const route = found.data;
  if (found.error) return <ProblemView compact error={found.error} />;
  if (!route) return null;
  const onMap = route.stops.flatMap(({ projectName: name, lng, lat }, i) =>
    lng === null || lat === null ? [] : [{ no: i + 1, name, lng, lat }],
  );
  const move = async (name: keyof typeof t.observationMoves) => {
    if (name === 'publish' && !(await confirm({ title: t.observationMoves.publish, body: t.publishAsk }))) return;
    await run((call) => call.moveObservation({ id, version: route.version, move: name })).catch(() => {});
  };
  return (
    <>
      {route.ranking && <Ranking route={route} />}
      <section className="card">
        <h2>
          {t.route} <small>{t.routeNote(route.stops.length)}</small>
          <small>{t.observationStates[route.state]}</small>
          <span className="to">
            {route.allowed.includes('route') && (
              <Button size="small" onClick={() => setEdit(true)}>
                {t.setRoute}
              </Button>
            )}{' '}
            {(['open', 'reopen', 'close', 'publish'] as const)
              .filter((one) => route.allowed.includes(one))
              .map((one) => (
                <Button
                  key={one}
                  size="small"
                  type={one === 'reopen' ? 'default' : 'primary'}
                  loading={isPending}
                  onClick={() => void move(one)}
                >
                  {t.observationMoves[one]}
                </Button>
              ))}
          </span>
        </h2>
        <div className="mtg-way">
          <Slot name="meetings.route.map" props={{ stops: onMap }} />
          <ol className="mtg-route">
            {route.stops.map((stop, i) => (
              <li key={stop.id}>
                <span className="mtg-no num">{i + 1}</span>
                <div>
                  <p>
                    <Link to={`/projects/${stop.projectId}`}>{stop.projectName}</Link>{' '}
                    <span className="muted">{stop.countyName}</span>
                  </p>
                  <p className="soft">
                    {timeOf(stop.plannedAt)} {stop.note}{' '}
                    {stop.lng === null && <span className="muted">{t.noPlace}</span>}
                  </p>
                  {stop.comments.length > 0 && (
                    <ul className="mtg-comments">
                      {stop.comments.map((one) => (
                        <li key={`${one.name} ${one.text} ${one.fileId}`}>
                          {one.name && <b>{one.name} </b>}
                          {one.text}
                          {one.fileId && (
                            <>
                              {' '}
                              <a href={urlOf(meetings, 'scorePhoto', { id, fileId: one.fileId })} download>
                                {t.photos}
                              </a>
                            </>
                          )}
                        </li>
                      ))}
                    </ul>
                  )}
                </div>
                <span className="soft">
                  {stop.isOwn ? t.ownProject : stop.score ? t.givenScore((stop.score.total / 100).toFixed(1)) : ''}
                </span>
              </li>
            ))}
          </ol>
        </div>
        <p className="soft">
          {t.scheme}（{t.scales[route.scale]}）{t.colon}
          {route.criteria.map((c) => `${c.name} ${c.weight}`).join(t.listSign)}
        </p>
      </section>
      {isEdit && <RouteForm route={route} heldOn={meeting.heldOn} onClose={() => setEdit(false)} />}
    </>
  );
}

function Ranking({ route }: { route: Observation }) {
  const t = useText(text);
  return (
    <section className="card">
      <h2>
        {t.ranking} <small>{t.rankNote}</small>
      </h2>
      <ScrollX label={t.ranking}>
        <table className="plain mtg-ranking">
          <thead>
            <tr>
              <th className="num">{t.rank}</th>
              <th>{t.project}</th>
              <th className="num">{t.score}</th>
              <th className="num">{t.observers}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {route.ranking?.map((row) => (
              <tr key={row.stopId}>
                <td className="num">
                  <b>{row.rank ?? dash}</b>
                </td>
                <td>
                  <Link to={`/projects/${row.projectId}`}>{row.projectName}</Link>
                </td>
                <td className="num">{row.mean ?? dash}</td>
                <td className="num">{row.observers}</td>
                <td className="soft">
                  {row.observers === 0 ? t.notYet : row.isFew ? t.few : row.isTrimmed ? t.trimmed : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
