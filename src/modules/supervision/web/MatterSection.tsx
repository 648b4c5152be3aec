import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { conclusionWords } from '../objection.ts';
import type { ObjectionRow, SheetRow } from '../shapes.ts';
import { Colour } from './Colour.tsx';
import { LoopStrip, type Matter } from './LoopStrip.tsx';
import { ObjectionClock } from './ObjectionClock.tsx';
import { SheetActs } from './SheetActs.tsx';
import './supervision.css';
import * as text from './text.ts';
import { useOfMatter } from './use-of-matter.ts';

/** On the page of a matter: the loop, its sheets with their answers, good reasons and objections. */
export function MatterSection({ matter }: { matter: Matter }) {
  const t = useText(text);
  const found = useOfMatter(matter.id);
  useLiveRefetch(['supervision.*'], [['supervision']]);
  const data = found.data;
  return (
    <section className="sv-section" id="supervision">
      <h2 className="h2">{t.section}</h2>
      <LoopStrip matter={matter} />
      {found.error && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
      {data && data.sheets.length === 0 && <p className="muted">{t.noSheets}</p>}
      {data && data.sheets.length > 0 && (
        <ul className="sv-list">
          {data.sheets.map((sheet) => (
            <Sheet key={sheet.id} sheet={sheet} />
          ))}
        </ul>
      )}
      {data && data.excuses.length > 0 && (
        <>
          <h3>{t.excuses}</h3>
          <ul className="sv-list">
            {data.excuses.map((excuse) => (
              <li key={excuse.id}>{t.excuseLine(excuse.reason, excuse.approverName, excuse.untilOn)}</li>
            ))}
          </ul>
        </>
      )}
      {data && data.objections.length > 0 && (
        <>
          <h3>{t.objections}</h3>
          <ul className="sv-list">
            {data.objections.map((one) => (
              <Objection key={one.id} objection={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Sheet({ sheet }: { sheet: SheetRow }) {
  const t = useText(text);
  return (
    <li className={sheet.state === 'revoked' ? 'sv-revoked' : ''}>
      <p>
        <Colour value={sheet.colour}>{sheet.no}</Colour> {sheet.issuedOn}
        <span className={sheet.state === 'late' ? 'sv-late' : 'muted'}>
          {' '}
          {t.states[sheet.state]} · {t.limit} {sheet.limitOn}
        </span>
      </p>
      <p>{sheet.why}</p>
      {sheet.approval && <p>{t.approvedBy(sheet.approval.leaderName, sheet.approval.on)}</p>}
      {sheet.answer && (
        <p>
          {sheet.answer}{' '}
          <small className="muted">{t.answeredBy(sheet.answeredByName ?? '', sheet.answeredOn ?? '')}</small>
        </p>
      )}
      <SheetActs sheet={sheet} />
    </li>
  );
}

function Objection({ objection }: { objection: ObjectionRow }) {
  const t = useText(text);
  const words = useWords();
  return (
    <li>
      <p>
        <b>
          {words(conclusionWords[objection.about])} {objection.title}
        </b>{' '}
        <span className="sv-inline">
          <ObjectionClock objection={objection} />
        </span>
      </p>
      <p>
        {objection.reason} <small className="muted">{t.filed(objection.filedByName, objection.filedOn)}</small>
      </p>
      {objection.decision && (
        <p>
          {objection.decision}{' '}
          <small className="muted">{t.decidedBy(objection.decidedByName ?? '', objection.decidedOn ?? '')}</small>
        </p>
      )}
    </li>
  );
}
