import { useState } from 'react';
import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import type { CheckItem } from '../contract.ts';
import * as text from './text.ts';

const marks: Record<CheckItem['state'], string> = { todo: '×', watch: '！', done: '✓' };
const order: CheckItem['state'][] = ['todo', 'watch', 'done'];

/** What to go through before the freeze: the unfinished first, each with what lies behind it. */
export function Checklist({ checks }: { checks: readonly CheckItem[] }) {
  const t = useText(text);
  const words = useWords();
  const [open, setOpen] = useState<CheckItem['code'] | null>(null);
  const sorted = [...checks].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const blocking = checks.filter((c) => c.state === 'todo').length;
  return (
    <section className="card">
      <h2>
        {t.checks} <small className="muted">{t.checksSay(count(blocking))}</small>
      </h2>
      <ul className="checklist">
        {sorted.map((check) => (
          <li key={check.code} data-state={check.state}>
            <span className="state">
              {marks[check.state]} {t.checkState[check.state]}
            </span>
            <span className="says">
              <b>{t.check[check.code]}</b>
              <span>{words(check.says)}</span>
            </span>
            <span className="acts">
              {check.items.length > 0 && (
                <button
                  type="button"
                  className="link"
                  aria-expanded={open === check.code}
                  aria-label={`${open === check.code ? t.hide : t.show}：${t.check[check.code]}`}
                  onClick={() => setOpen(open === check.code ? null : check.code)}
                >
                  {open === check.code ? t.hide : t.show}
                </button>
              )}
              {check.path && check.state !== 'done' && (
                <Link to={check.path} aria-label={`${t.go}：${t.check[check.code]}`}>
                  {t.go}
                </Link>
              )}
            </span>
            {open === check.code && (
              <ul className="check-items">
                {check.items.map((item, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
                  <li key={i}>
                    {item.path ? <Link to={item.path}>{item.title}</Link> : item.title}
                    {item.note && <small>{item.note}</small>}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
