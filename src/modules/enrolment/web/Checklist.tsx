import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { documents, missingOf } from '../checklist.ts';
import type { Document, Enrolment } from '../contract.ts';
import { DocumentForm } from './DocumentForm.tsx';
import { marksOf } from './show.ts';
import * as text from './text.ts';

const sign: Record<Document['state'], string> = { ready: '✓', partial: '!', missing: '✕', optional: '–' };

/** ①…⑧ in two columns, then the two papers to compare with; each opens what was read off it. */
export function Checklist({ data }: { data: Enrolment }) {
  const t = useText(text);
  const words = useWords();
  const [open, setOpen] = useState<Document | null>(null);
  const missing = missingOf(data.documents as Parameters<typeof missingOf>[0]);
  const isQuiet = data.state === 'enrolled' || data.state === 'notRequired';
  const [isShown, setShown] = useState(!isQuiet);
  const canEdit = data.allowed.includes('document');
  const compulsory = data.documents.filter((item) => item.isCompulsory);
  return (
    <>
      <h3 className="en-h3">
        {t.section.documents}
        <small className={missing.length > 0 && !isQuiet ? 'warn' : 'muted'}>
          {isQuiet && data.documents.every((item) => item.version === 0)
            ? t.section.notKept
            : missing.length > 0
              ? t.section.lacking(marksOf(missing))
              : t.section.allReady(marksOf(compulsory))}
        </small>
        {isQuiet && (
          <button type="button" className="en-link" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? t.section.fold : t.section.showAll}
          </button>
        )}
      </h3>
      {isShown && (
        <ul className="en-checklist">
          {data.documents.map((item) => (
            <li key={item.kind}>
              <button type="button" className={`en-item ${item.state}`} onClick={() => setOpen(item)}>
                <b aria-hidden="true">{documents[item.kind].mark}</b>
                <span className="en-name">
                  {words(documents[item.kind].words)}
                  {item.isCompulsory && <span className="tag key">{t.compulsory}</span>}
                </span>
                <span className="en-sign">
                  <i aria-hidden="true">{sign[item.state]}</i> {t.item[item.state]}
                </span>
                {item.lacks.length > 0 && (
                  <small className="warn">{t.itemLacks(item.lacks.map((lack) => words(lack.words)).join('、'))}</small>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <DocumentForm
          projectId={data.projectId}
          item={data.documents.find((item) => item.kind === open.kind)!}
          canEdit={canEdit}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
