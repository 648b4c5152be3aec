import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { Filing } from '../contract.ts';
import * as cycleText from './cycle-text.ts';
import { shortMoment, sum } from './show.ts';
import * as text from './text.ts';

/** Who did what and when, the reasons with it; corrections with both values. */
export function ActList({ filing }: { filing: Filing }) {
  const t = useText(text);
  const c = useText(cycleText);
  return (
    <details className="fr-acts">
      <summary>
        {t.review.acts} {filing.acts.length}
      </summary>
      <ol>
        {filing.acts.map((act) => (
          <li key={`${act.at} ${act.event}`}>
            <span className="num">{shortMoment(moment(act.at))}</span>
            <b>{act.actorName}</b>
            <span>
              {t.acts[act.event] ?? act.event}
              {act.seq !== null && ` #${act.seq}`}
              {act.level && <small className="muted"> {c.levels[act.level]}</small>}
              {act.skipped.map((skip) => (
                <small key={skip.level} className="muted">
                  {' '}
                  {c.levels[skip.level]}：{c.review.why[skip.why]}
                </small>
              ))}
              {act.waived.length > 0 && `（${t.review.waive} ${act.waived.length}）`}
              {act.reason && <em>{act.reason}</em>}
              {act.cells.length > 0 && <small className="muted"> {act.cells.map((c) => t.fields[c]).join('、')}</small>}
            </span>
          </li>
        ))}
        {filing.corrections.map((c) => (
          <li key={c.id}>
            <span className="num">{shortMoment(moment(c.requestedAt))}</span>
            <b>{c.requestedBy}</b>
            <span>
              {t.acts.correct}：{sum(c.oldMonthYuan)} → {c.newMonthYuan === null ? '…' : sum(c.newMonthYuan)} {t.unit}
              <em>{c.reason}</em>
              {c.approvedBy && (
                <small className="muted"> {t.form.acceptedBy(c.approvedBy, shortMoment(moment(c.approvedAt)))}</small>
              )}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
