import { useText, useWords } from '#core/web/text.ts';
import type { Enrolment } from '../contract.ts';
import { crossCheckWords } from '../cross-check.ts';
import * as text from './text.ts';

/** What differs and what is alike, each in a sentence with both values; what agrees is only counted. */
export function FindingList({ findings }: { findings: Enrolment['findings'] }) {
  const t = useText(text);
  const words = useWords();
  const told = findings.filter((finding) => finding.words !== null);
  const agreed = findings.filter((finding) => finding.outcome === 'agrees').length;
  const open = findings.filter((finding) => finding.outcome === 'open').length;
  if (open === findings.length) return null;
  return (
    <>
      <h3 className="en-h3">
        {t.section.checks}
        <small className="muted">{t.section.checkCounts(agreed, open)}</small>
      </h3>
      {told.length > 0 && (
        <ul className="en-findings">
          {told.map((finding) => (
            <li key={`${finding.check} ${finding.left.key}`} className={finding.outcome}>
              <b>{words(crossCheckWords[finding.check])}</b>
              <span>{words(finding.words!)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
