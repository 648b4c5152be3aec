import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import type { MatterRef } from '../shapes.ts';
import * as text from './text.ts';

/** Title and number of the matter, leading to its page. */
export function MatterCell({ matter }: { matter: MatterRef }) {
  const t = useText(text);
  return (
    <>
      <Link to={`/matters/${matter.id}`}>{matter.title}</Link>
      {matter.demo && <span className="tag">{t.sample}</span>}
      <small>
        {matter.no}
        {matter.dueCurrent && ` · ${t.due(matter.dueCurrent)}`}
        {matter.urgency === 'urgent' && <b className="sv-urgent"> {t.urgent}</b>}
      </small>
    </>
  );
}
