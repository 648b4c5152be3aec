import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { dash, date, moment, percent, points, rate, yi, yiUnit } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { meetings } from '../contract.ts';
import type { AgendaItem, Figures, MatterFigures, MeetingView, ProjectFigures } from '../shapes.ts';
import { NowView } from './FigureView.tsx';
import { MatterMark } from './MatterMark.tsx';
import { TrendChart } from './TrendChart.tsx';
import * as text from './text.ts';

/** One page of the screen: the item, who speaks, why it is here, and its figures as of one moment. */
export function ScreenPage({ meeting, item, no }: { meeting: MeetingView; item: AgendaItem; no: number }) {
  const t = useText(text);
  const words = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long page scrolls, and keys must reach it
    <main className="mtg-screen-page" tabIndex={0} data-kind={item.figures?.kind ?? 'text'}>
      <div className="mtg-screen-title">
        <span className="num">{no}</span>
        <h1>{item.title}</h1>
        <p>
          {item.presenterUnit && (
            <>
              {t.presenter}
              {t.colon}
              <b>{item.presenterUnit.name}</b>
            </>
          )}
        </p>
      </div>
      {item.figures?.kind !== 'project' && item.figures?.kind !== 'followUp' && item.why.length > 0 && (
        <p className="mtg-screen-why">{item.why.map((why) => words(why)).join('；')}</p>
      )}
      {item.figures && <Body meeting={meeting} item={item} figures={item.figures} />}
      <p className="mtg-screen-asof">
        {item.asOf && t.asOf(moment(item.asOf))}
        {item.figures && item.now && <NowView now={item.now} kind={item.figures.kind} />}
      </p>
    </main>
  );
}

function Body({ meeting, item, figures }: { meeting: MeetingView; item: AgendaItem; figures: Figures }) {
  if (figures.kind === 'project') return <ProjectBody meeting={meeting} item={item} figures={figures} />;
  if (figures.kind === 'matter') return <MatterBody figures={figures} />;
  if (figures.kind === 'followUp') return <FollowUpBody figures={figures} />;
  return <TextBody meeting={meeting} item={item} />;
}

function ProjectBody({
  meeting,
  item,
  figures: f,
}: {
  meeting: MeetingView;
  item: AgendaItem;
  figures: ProjectFigures;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <div className="mtg-screen-project">
      <section className="mtg-screen-facts">
        <p className="mtg-screen-light">
          <Light value={f.light} lamp />
          {f.since && <small>{t.since(f.since)}</small>}
        </p>
        <dl>
          <div>
            <dt>{t.rate}</dt>
            <dd className="num">{rate(f.doneYuan, f.planYuan)}</dd>
            <dd>
              {t.clock} {percent(f.clockShare)}
            </dd>
          </div>
          <div>
            <dt>{t.gap}</dt>
            <dd className="num" data-behind={(f.gapPoints ?? 0) < 0}>
              {points(f.gapPoints)}
            </dd>
            <dd>{t.unitOfPoints}</dd>
          </div>
          <div>
            <dt>{t.doneYuan}</dt>
            <dd className="num">{yi(f.doneYuan)}</dd>
            <dd>
              {t.plan} {yi(f.planYuan)} {yiUnit()}
            </dd>
          </div>
        </dl>
        {f.reasons.length > 0 && (
          <div className="mtg-screen-block">
            <h2>{t.reasons}</h2>
            <ul>
              {f.reasons.slice(0, 4).map((reason) => (
                <li key={reason.zh}>{words(reason)}</li>
              ))}
            </ul>
          </div>
        )}
        {f.turnsGreen.length > 0 && (
          <div className="mtg-screen-block">
            <h2>{t.turnsGreen}</h2>
            <ul>
              {f.turnsGreen.slice(0, 3).map((need) => (
                <li key={need.zh}>{words(need)}</li>
              ))}
            </ul>
          </div>
        )}
        {f.goal && (
          <div className="mtg-screen-block">
            <h2>{t.goal}</h2>
            <p>{f.goal}</p>
          </div>
        )}
        {f.imageProgress && (
          <div className="mtg-screen-block">
            <h2>{t.image}</h2>
            <p>{f.imageProgress}</p>
          </div>
        )}
        {f.problems && (
          <div className="mtg-screen-block">
            <h2>{t.problems}</h2>
            <p>{f.problems}</p>
          </div>
        )}
      </section>
      <section className="mtg-screen-side">
        <p className="mtg-screen-who">
          {[
            [t.county, f.countyName],
            [t.command, f.commandName],
            [t.owner, f.ownerName],
            [t.leader, f.leaderName],
            [t.total, f.totalYuan === null ? null : `${yi(f.totalYuan)} ${yiUnit()}`],
            [t.startPlanned, f.startActual === null ? f.startPlanned : null],
            [t.startActual, f.startActual],
            [t.finishPlanned, f.finishPlanned],
          ].map(
            ([label, name]) =>
              name && (
                <span key={label}>
                  {label} <b>{name}</b>
                </span>
              ),
          )}
        </p>
        {f.months.length > 0 && <TrendChart figures={f} />}
        {f.milestones.length > 0 && (
          <ul className="mtg-screen-nodes">
            {f.milestones.map((m) => (
              <li key={`${m.name} ${m.due}`} data-done={m.actual !== null} data-over={isOver(m, item.asOf)}>
                <b>{m.name}</b>
                <span>{m.actual ? t.reached(m.actual) : t.dueOn(date(m.due))}</span>
              </li>
            ))}
          </ul>
        )}
        {f.photos.length > 0 && (
          <p className="mtg-screen-photos">
            {f.photos.slice(0, 2).map((fileId) => (
              <img
                key={fileId}
                src={urlOf(meetings, 'photo', { id: meeting.id, itemId: item.id, fileId })}
                alt={t.photos}
              />
            ))}
          </p>
        )}
      </section>
    </div>
  );
}

const isOver = (m: { due: string | null; actual: string | null }, asOf: string | null) =>
  m.actual === null && m.due !== null && asOf !== null && m.due < asOf.slice(0, 10);

function MatterBody({ figures: f }: { figures: MatterFigures }) {
  const t = useText(text);
  return (
    <div className="mtg-screen-matter">
      <p className="mtg-screen-light">
        <MatterMark light={f.light} lamp />
        <span>{t.matterStates[f.state] ?? f.state}</span>
        <span>{f.no}</span>
      </p>
      <dl>
        <div>
          <dt>{t.lead}</dt>
          <dd>{f.unitName ?? dash}</dd>
        </div>
        <div>
          <dt>{t.dueOriginal}</dt>
          <dd className="num">{date(f.dueOriginal)}</dd>
        </div>
        <div>
          <dt>{t.dueCurrent}</dt>
          <dd className="num">{date(f.dueCurrent)}</dd>
        </div>
        <div>
          <dt>{t.co}</dt>
          <dd>{f.coNames.join(t.listSign) || t.none}</dd>
        </div>
      </dl>
      {f.projectName && (
        <p>
          {t.project}
          {t.colon}
          {f.projectName}
        </p>
      )}
      <p>
        {[f.extensions > 0 && t.timesExtended(f.extensions), f.returns > 0 && t.timesReturned(f.returns)]
          .filter(Boolean)
          .join('，')}
      </p>
      {f.lastReport && (
        <div className="mtg-screen-block">
          <h2>{t.lastReport}</h2>
          <p>{f.lastReport}</p>
        </div>
      )}
    </div>
  );
}

function FollowUpBody({ figures }: { figures: Extract<Figures, { kind: 'followUp' }> }) {
  const t = useText(text);
  const { rows } = figures;
  return (
    <div className="mtg-screen-follow">
      <p className="mtg-screen-light">
        {t.tally(
          rows.length,
          rows.filter((row) => row.light === 'done').length,
          rows.filter((row) => row.light === 'red').length,
        )}
      </p>
      <table data-many={rows.length > 9}>
        <thead>
          <tr>
            <th>{t.matter}</th>
            <th>{t.lead}</th>
            <th>{t.dueOriginal}</th>
            <th>{t.dueCurrent}</th>
            <th>{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.matterId}>
              <td>{row.title}</td>
              <td>{row.unitName ?? dash}</td>
              <td className="num">{date(row.dueOriginal)}</td>
              <td className="num">{date(row.dueCurrent)}</td>
              <td>
                <MatterMark light={row.light} /> <small>{t.matterStates[row.state] ?? row.state}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An item without figures: what has been typed to it so far, large. */
function TextBody({ item }: { meeting: MeetingView; item: AgendaItem }) {
  return item.minute ? <p className="mtg-screen-typed">{item.minute.text}</p> : null;
}
