import { Button } from 'antd';
import { useState } from 'react';
import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { supervision } from '../contract.ts';
import { lastDayToObject } from '../objection.ts';
import type { SheetRow } from '../shapes.ts';
import { AnswerDrawer } from './AnswerDrawer.tsx';
import { ObjectDrawer } from './ObjectDrawer.tsx';
import * as text from './text.ts';

/** Printing for everybody who sees the sheet; answering and objecting for whom it was issued to. */
export function SheetActs({ sheet }: { sheet: SheetRow }) {
  const t = useText(text);
  const [open, setOpen] = useState<'answer' | 'object' | null>(null);
  const close = () => setOpen(null);
  return (
    <span className="sv-acts">
      {sheet.allowed.includes('answer') && (
        <Button size="small" type="primary" onClick={() => setOpen('answer')}>
          {t.doAnswer}
        </Button>
      )}
      {sheet.allowed.includes('object') && (
        <Button size="small" onClick={() => setOpen('object')}>
          {t.object}
        </Button>
      )}
      {(['pdf', 'docx'] as const).map((format) => (
        <a
          key={format}
          href={urlOf(supervision, 'file', { id: sheet.id, format })}
          aria-label={`${sheet.no} ${format}`}
        >
          {format === 'pdf' ? t.print : t.word}
        </a>
      ))}
      {open === 'answer' && <AnswerDrawer sheet={sheet} onClose={close} />}
      {open === 'object' && (
        <ObjectDrawer
          matterId={sheet.matter.id}
          conclusions={[
            {
              about: 'sheet',
              aboutId: sheet.id,
              title: sheet.no,
              concludedOn: sheet.issuedOn,
              byName: sheet.issuedByName,
              lastDay: lastDayToObject(sheet.issuedOn),
            },
          ]}
          onClose={close}
        />
      )}
    </span>
  );
}
