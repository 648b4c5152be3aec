import type { ReactNode } from 'react';
import { useText } from '#core/web/text.ts';
import * as text from '../act-text.ts';

/** The label and the refusal of a group of controls. */
export function EvidenceField({ fault, children }: { fault?: string | undefined; children: ReactNode }) {
  const t = useText(text).evidence;
  return (
    <fieldset className="mt-group">
      <legend>{t.label}</legend>
      {children}
      {fault && (
        <span className="field-error" role="alert">
          {fault}
        </span>
      )}
    </fieldset>
  );
}
