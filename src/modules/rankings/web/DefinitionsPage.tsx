import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type Definitions, rankings } from '../contract.ts';
import type { Board } from '../definition.ts';
import { BoardForm } from './BoardForm.tsx';
import * as text from './form-text.ts';
import { RankingsHead } from './Head.tsx';
import { RankingForm } from './RankingForm.tsx';
import './rankings.css';

type Editing =
  | { kind: 'ranking'; one: Definitions['rankings'][number] | null }
  | { kind: 'board'; one: Definitions['boards'][number] | null };

/** Rankings and boards as data: what ships, what the city changed, and the forms that make a new version. */
export function DefinitionsPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(rankings);
  const [editing, setEditing] = useState<Editing | null>(null);
  const list = useQuery({
    queryKey: ['rankings', 'definitions'],
    queryFn: ({ signal }) => api.definitions({}, { signal }),
  });
  useLiveRefetch(['rankings.defined', 'indicators.defined'], [['rankings']]);
  const found = list.data;
  const indicatorName = (code: string) => {
    const indicator = found?.indicators.find((i) => i.code === code);
    return indicator ? words(indicator.name) || indicator.name.zh : code;
  };
  const named = (name: { zh: string; en: string }) => words(name) || name.zh;
  const versionOf = (one: { version: number; isShipped: boolean }) =>
    one.isShipped ? <span className="muted">{t.shipped}</span> : t.version(one.version);
  return (
    <>
      <RankingsHead title={t.title} />
      <div className="page-body rankings-body">
        {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
        {found && (
          <>
            <section className="card">
              <h2>
                {t.rankings}
                {found.canDefine && (
                  <span className="to">
                    <Button onClick={() => setEditing({ kind: 'ranking', one: null })}>{t.addRanking}</Button>
                  </span>
                )}
              </h2>
              <ScrollX label={t.rankings}>
                <table className="plain definition-table">
                  <thead>
                    <tr>
                      <th>{t.columns.name}</th>
                      <th>{t.columns.indicator}</th>
                      <th>{t.columns.groups}</th>
                      <th>{t.columns.floor}</th>
                      <th>{t.columns.least}</th>
                      <th>{t.columns.aim}</th>
                      <th>{t.columns.version}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {found.rankings.map((one) => {
                      const { definition: d } = one;
                      return (
                        <tr key={d.code}>
                          <th scope="row">
                            <Button
                              size="small"
                              type="link"
                              aria-label={t.open(named(d.name))}
                              onClick={() => setEditing({ kind: 'ranking', one })}
                            >
                              {named(d.name)}
                            </Button>
                          </th>
                          <td>
                            <Link to={`/dispatch/indicators?open=${d.indicator}`}>{indicatorName(d.indicator)}</Link>
                          </td>
                          <td>{d.groups.map((g) => named(g.name)).join(t.sep)}</td>
                          <td>{d.leastCompleteness}%</td>
                          <td>
                            {d.leastMembers}
                            <small className="muted">{t.smalls[d.small]}</small>
                          </td>
                          <td>{d.aim.kind === 'value' ? d.aim.value : t.aims[d.aim.kind]}</td>
                          <td className="nowrap">{versionOf(one)}</td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </ScrollX>
            </section>
            <section className="card">
              <h2>
                {t.boards}
                {found.canDefine && (
                  <span className="to">
                    <Button onClick={() => setEditing({ kind: 'board', one: null })}>{t.addBoard}</Button>
                  </span>
                )}
              </h2>
              <ScrollX label={t.boards}>
                <table className="plain definition-table">
                  <thead>
                    <tr>
                      <th>{t.columns.name}</th>
                      <th>{t.columns.rule}</th>
                      <th>{t.columns.consequences}</th>
                      <th>{t.columns.source}</th>
                      <th>{t.columns.state}</th>
                      <th>{t.columns.version}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {found.boards.map((one) => {
                      const { definition: d } = one;
                      const ranking = found.rankings.find((r) => r.definition.code === d.ranking);
                      return (
                        <tr key={d.code} className={d.isInForce ? undefined : 'muted'}>
                          <th scope="row">
                            <Button
                              size="small"
                              type="link"
                              aria-label={t.open(named(d.name))}
                              onClick={() => setEditing({ kind: 'board', one })}
                            >
                              {named(d.name)}
                            </Button>
                          </th>
                          <td>
                            <RuleText board={d} ranking={ranking ? named(ranking.definition.name) : d.ranking} />
                          </td>
                          <td>
                            {d.consequences.map((c) => (
                              <span key={c.code}>
                                {named(c.text)}
                                <small className="muted">{t.months(c.from, c.to)}</small>
                              </span>
                            ))}
                          </td>
                          <td className="soft">
                            {d.source}
                            {d.note && <small className="muted">{named(d.note)}</small>}
                          </td>
                          <td className="nowrap">{d.isInForce ? t.inForce : t.example}</td>
                          <td className="nowrap">{versionOf(one)}</td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </ScrollX>
            </section>
          </>
        )}
      </div>
      {found && editing?.kind === 'ranking' && (
        <RankingForm all={found} before={editing.one} onClose={() => setEditing(null)} />
      )}
      {found && editing?.kind === 'board' && (
        <BoardForm all={found} before={editing.one} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function RuleText({ board, ranking }: { board: Board; ranking: string }) {
  const t = useText(text);
  const words = useWords();
  const parts = [
    ranking,
    ...board.pools.map((p) => `${words(p.name) || p.name.zh} ${t.placesOf(t.sides[board.end], p.places)}`),
    ...(board.target ? [t.targets[board.target]] : []),
    ...(board.heedsExemptions ? [t.exempted] : []),
    ...(board.streak > 1 ? [t.streakOf(board.streak)] : []),
    ...(board.wayOut ? [t.stays] : []),
  ];
  return <>{parts.join(t.sep)}</>;
}
