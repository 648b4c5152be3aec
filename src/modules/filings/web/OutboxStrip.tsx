import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { copiedAt } from './copies.ts';
import * as offline from './offline-text.ts';
import { shortMoment } from './show.ts';
import { useDeviceDrafts, useOnline, useOutbox, useStorageTrouble } from './use-outbox.ts';

/** What is on this device and not on the server, what has arrived, and what needs a person. Nothing when all is sent. */
export function OutboxStrip({ data }: { data?: object | undefined }) {
  const o = useText(offline);
  const words = useWords();
  const { waiting, delivered } = useOutbox();
  const drafts = useDeviceDrafts();
  const trouble = useStorageTrouble();
  const isOnline = useOnline();
  const open = waiting.filter((w) => !w.refused);
  const refused = waiting.filter((w) => w.refused);
  const onlyHere = [...drafts].filter((id) => !waiting.some((w) => w.filingId === id)).length;
  const kept = copiedAt(data);
  if (open.length + refused.length + delivered.length + onlyHere === 0 && !trouble && !kept) return null;
  return (
    <div className="fm-box" role="status">
      {kept && <p className="soft">{o.box.copyOf(shortMoment(moment(kept)))}</p>}
      {trouble && <p className="ff-trouble">{o.box[trouble]}</p>}
      {open.length > 0 && <p>{isOnline ? o.box.sending(open.length) : o.box.waiting(open.length)}</p>}
      {onlyHere > 0 && <p>{o.box.drafts(onlyHere)}</p>}
      {delivered.length > 0 && <p className="good">{o.box.delivered(delivered.length)}</p>}
      {refused.map((one) => (
        <p key={one.key} className="fm-refused">
          <Link to={`/filings/${one.projectId}/${one.period}`}>{one.projectName}</Link>
          <span>{one.refused && words(one.refused)}</span>
        </p>
      ))}
    </div>
  );
}
