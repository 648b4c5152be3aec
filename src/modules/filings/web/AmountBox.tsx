import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '#core/web/text.ts';
import { tenThousandFromYuan, yuanFromTenThousand } from '../ten-thousand.ts';
import * as text from './text.ts';

const shown = (yuan: number | null): string => (yuan === null ? '' : tenThousandFromYuan(yuan));

/**
 * One amount in 万元. What is typed stays as typed until the field is left; whole yuan go out at once, and a text that is
 * no amount goes out as null and is said so.
 */
export function AmountBox({
  id,
  label,
  hint,
  yuan,
  onChange,
  isMarked = false,
  isSecond = false,
  children,
}: {
  id: string;
  label: string;
  hint?: ReactNode;
  yuan: number | null;
  onChange: (yuan: number | null) => void;
  isMarked?: boolean;
  isSecond?: boolean;
  children?: ReactNode;
}) {
  const t = useText(text);
  const [typed, setTyped] = useState(() => shown(yuan));
  const [isBad, setBad] = useState(false);
  const [isHere, setHere] = useState(false);
  // The other amount, a choice between two drafts or “no change” may set the value from outside.
  useEffect(() => {
    if (!isHere) setTyped(shown(yuan));
  }, [yuan, isHere]);
  return (
    <div className="ff-row">
      <label htmlFor={id} className={isSecond ? 'second' : undefined}>
        {label}
        {isMarked && <em className="ff-marked">{t.form.marked}</em>}
      </label>
      {hint && (
        <span className="was" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <span className="ff-box">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="done"
          value={typed}
          aria-describedby={hint ? `${id}-hint` : undefined}
          aria-invalid={isBad}
          onFocus={(event) => {
            setHere(true);
            event.target.select();
          }}
          onBlur={() => {
            setHere(false);
            if (!isBad) setTyped(shown(yuan));
          }}
          onChange={(event) => {
            const next = event.target.value;
            const value = next.trim() === '' ? null : yuanFromTenThousand(next);
            setTyped(next);
            setBad(next.trim() !== '' && value === null);
            onChange(value);
          }}
        />
        <small>{t.unit}</small>
      </span>
      {isBad && (
        <p className="ff-refusal" role="alert">
          {t.form.notNumber}
        </p>
      )}
      {children}
    </div>
  );
}
