import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { Change } from '../shapes.ts';
import { type UnitKind, unitKindWords } from '../unit-kind.ts';
import * as text from './text.ts';

/** A history as people read it: what, from when, by whom and why, and each changed value with what it was before. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const t = useText(text);
  if (changes.length === 0) return <p className="muted">{t.change.none}</p>;
  return (
    <ol className="changes">
      {changes.map((change) => (
        <li key={change.id}>
          <div>
            <b>{(t.change as Record<string, unknown>)[change.action] as string}</b>
            <span className="soft">{t.change.since(change.onDay)}</span>
            <span className="muted">{t.change.by(change.actorName, moment(change.at))}</span>
          </div>
          <Values change={change} />
          {change.reason && <p className="soft">{t.change.reason(change.reason)}</p>}
        </li>
      ))}
    </ol>
  );
}

function Values({ change }: { change: Change }) {
  const t = useText(text);
  const words = useWords();
  const labels = t.field as Record<string, string>;
  // In the order of the labels: jsonb keeps none of its own.
  const keys = Object.keys(labels).filter((key) => key in { ...change.before, ...change.after });
  const show = (key: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return t.change.empty;
    if (key === 'kind' && String(value) in unitKindWords) return words(unitKindWords[value as UnitKind]);
    return Array.isArray(value) ? value.join('、') : String(value);
  };
  const isEmpty = (value: unknown) => show('', value) === t.change.empty;
  const lines = keys.flatMap((key): { key: string; before: string | null; after: string }[] => {
    const [before, after] = [change.before?.[key], change.after?.[key]];
    // A first entry shows what it says, not everything that it leaves out.
    if (change.before === null) return isEmpty(after) ? [] : [{ key, before: null, after: show(key, after) }];
    const line = { key, before: show(key, before), after: show(key, after) };
    return line.before === line.after ? [{ ...line, before: null }] : [line];
  });
  if (lines.length === 0) return null;
  return (
    <p className="change-values">
      {lines.map(({ key, before, after }) => (
        <span key={key}>
          <span className="muted">{labels[key]}</span> {before !== null && <del>{before}</del>} <ins>{after}</ins>
        </span>
      ))}
    </p>
  );
}
