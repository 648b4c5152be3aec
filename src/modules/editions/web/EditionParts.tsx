import { Link } from 'react-router';
import { ratio, showRatio } from '#core/shared/rate.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { count, dash, date } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { showFigure } from '#modules/indicators/contract.ts';
import type { EditionBody } from '../contract.ts';
import * as text from './text.ts';

type Body = Omit<EditionBody, 'projects'>;

/** Boards, rankings, indicators, scores, challenges and matters as they were sealed; what is empty is left out. */
export function EditionParts({ body }: { body: Body }) {
  return (
    <>
      <Boards body={body} />
      <Rankings body={body} />
      <Indicators body={body} />
      <Scores body={body} />
      <Challenges body={body} />
      <Matters body={body} />
    </>
  );
}

function Boards({ body }: { body: Body }) {
  const t = useText(text);
  const words = useWords();
  const lists = body.boardLists.filter((board) => board.rows.length > 0);
  if (lists.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.boardsTitle}</h2>
      <div className="edition-boards">
        {lists.map((board) => (
          <div key={`${board.code}-${board.group}`} data-colour={board.colour}>
            <h3>{words(board.name)}</h3>
            <ol>
              {board.rows.map((row) => (
                <li key={row.unitId}>
                  <b>{row.name}</b> <small>{words(row.why)}</small>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

function Rankings({ body }: { body: Body }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const rankings = body.rankings.filter((r) => r.groups.some((g) => g.rows.length > 0));
  if (rankings.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.rankingsTitle}</h2>
      {rankings.map((ranking) => (
        <div key={ranking.code}>
          <h3>{words(ranking.name)}</h3>
          <div className="edition-rankings">
            {ranking.groups
              .filter((group) => group.rows.length > 0)
              .map((group) => (
                <ol key={group.code} aria-label={words(group.name)}>
                  <li className="group-name">{words(group.name)}</li>
                  {group.rows.slice(0, 12).map((row) => (
                    <li key={row.unitId}>
                      <span className="num">{row.rank ?? dash}</span>
                      <span>{row.name}</span>
                      <span className="num">
                        {showFigure(row.figure, { unit: ranking.unit, decimals: ranking.decimals }, language)}
                      </span>
                    </li>
                  ))}
                </ol>
              ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function Indicators({ body }: { body: Body }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t.indicatorsTitle}</h2>
      <ScrollX label={t.indicatorsTitle}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.indicator.name}</th>
              <th className="num">{t.indicator.value}</th>
              <th>{t.indicator.caliber}</th>
              <th>{t.indicator.version}</th>
            </tr>
          </thead>
          <tbody>
            {body.indicators.map((indicator) => (
              <tr key={indicator.code}>
                <th scope="row" title={indicator.formula}>
                  {words(indicator.name)}
                </th>
                <td className="num nowrap">
                  {showFigure(
                    indicator.figures.city!,
                    { unit: indicator.unit as 'percent', decimals: indicator.decimals },
                    language,
                  )}
                </td>
                <td>{words(indicator.caliber)}</td>
                <td className="nowrap">{indicator.version === 0 ? t.shipped : indicator.version}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

function Scores({ body }: { body: Body }) {
  const t = useText(text);
  const words = useWords();
  if (body.scores.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.scoresTitle}</h2>
      <div className="edition-rankings">
        {body.scores.map((scheme) => (
          <ol key={scheme.code} aria-label={words(scheme.name)}>
            <li className="group-name">{words(scheme.name)}</li>
            {[...scheme.units]
              .sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9))
              .slice(0, 20)
              .map((unit) => (
                <li key={unit.unitId}>
                  <span className="num">{unit.rank ?? dash}</span>
                  <span>{unit.name}</span>
                  <span className="num">
                    {showRatio(ratio(BigInt(unit.total.n), BigInt(unit.total.d)), scheme.decimals, 'half-up')}
                  </span>
                </li>
              ))}
          </ol>
        ))}
      </div>
    </section>
  );
}

function Challenges({ body }: { body: Body }) {
  const t = useText(text);
  const words = useWords();
  if (body.challenges.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.challengesTitle}</h2>
      <ScrollX label={t.challengesTitle}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.challenge.title}</th>
              <th>{t.challenge.taker}</th>
              <th>{t.challenge.state}</th>
              <th>{t.challenge.target}</th>
              <th>{t.challenge.value}</th>
            </tr>
          </thead>
          <tbody>
            {body.challenges.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.title} {one.demo && <small className="tag">{t.demo}</small>}
                </th>
                <td>{one.takers.join('、') || t.nobody}</td>
                <td className="nowrap">{words(one.stateWords)}</td>
                <td>
                  {one.target} {one.unit}
                </td>
                <td>{one.value === null ? dash : `${one.value} ${one.unit}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

function Matters({ body: { matters } }: { body: Body }) {
  const t = useText(text);
  return (
    <section className="card">
      <h2>
        {t.mattersTitle} <small className="muted">{t.mattersSay(matters)}</small>
      </h2>
      {matters.latest.length > 0 && (
        <ScrollX label={t.mattersTitle}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.matter.no}</th>
                <th>{t.matter.title}</th>
                <th>{t.matter.unit}</th>
                <th>{t.matter.due}</th>
                <th className="num">{t.matter.late}</th>
              </tr>
            </thead>
            <tbody>
              {matters.latest.slice(0, 20).map((matter) => (
                <tr key={matter.id}>
                  <td className="nowrap">{matter.no}</td>
                  <th scope="row">
                    <Link to={`/matters/${matter.id}`}>{matter.title}</Link>
                  </th>
                  <td>{matter.unit}</td>
                  <td className="nowrap">{date(matter.dueOn)}</td>
                  <td className="num">{count(matter.lateDays)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  );
}
