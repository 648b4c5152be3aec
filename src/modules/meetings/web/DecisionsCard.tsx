import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import { dash, date } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { MeetingView } from '../shapes.ts';
import * as text from './text.ts';

/** The decisions with unit, day and, once issued, the matter each has become. */
export function DecisionsCard({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const list = meeting.decisionList.filter((d) => !d.isDropped);
  return (
    <section className="card">
      <h2>
        {t.decisions} <small>{list.length}</small>
        {meeting.allowed.includes('minute') && (
          <span className="to">
            <Link to={`/meetings/${meeting.id}/minutes`}>{t.minutes}</Link>
          </span>
        )}
      </h2>
      {list.length === 0 ? (
        <p className="muted">{t.noDecisions}</p>
      ) : (
        <ScrollX label={t.decisions}>
          <table className="plain mtg-decisions">
            <thead>
              <tr>
                <th className="num">{t.no}</th>
                <th>{t.decisions}</th>
                <th>{t.lead}</th>
                <th>{t.co}</th>
                <th>{t.due}</th>
                <th>{t.matter}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((d) => (
                <tr key={d.id}>
                  <td className="num">{d.no}</td>
                  <td>{d.title}</td>
                  <td>{d.leadUnit?.name ?? <span className="warn">{t.unitMissing}</span>}</td>
                  <td>{d.coUnits.map((unit) => unit.name).join(t.listSign) || dash}</td>
                  <td className="nowrap">{date(d.dueOn)}</td>
                  <td className="nowrap">
                    {d.matterId ? <Link to={`/matters/${d.matterId}`}>{d.matterNo}</Link> : dash}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  );
}
