import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import type { FilingContent, FilingField } from '../content.ts';
import { filingFields } from '../content.ts';
import * as offline from './offline-text.ts';
import { sum } from './show.ts';
import * as text from './text.ts';
import type { OpenConflict } from './use-filing-form.ts';

type Key = keyof FilingContent;

/** What one side wrote in fields that belong together, in words. */
export function useSaid(): {
  label: (keys: readonly Key[]) => string;
  said: (content: FilingContent, key: Key) => string;
} {
  const t = useText(text);
  const o = useText(offline);
  const label = (keys: readonly Key[]): string => {
    if (keys.includes('monthYuan')) return o.clash.money;
    const [key] = keys;
    if (key === 'explanations') return o.clash.explanations;
    if (key === 'unchanged') return o.clash.unchanged;
    return (filingFields as readonly string[]).includes(key!) ? t.fields[key as FilingField] : String(key);
  };
  const said = (content: FilingContent, key: Key): string => {
    const value = content[key];
    if (key === 'monthYuan' || key === 'cumulativeYuan') return sum(value as number | null);
    if (key === 'cause') return content.cause === null ? t.none : t.causes[content.cause];
    if (key === 'unchanged') return content.unchanged ? o.clash.unchanged : t.none;
    if (key === 'explanations') return Object.values(content.explanations).join('；') || t.none;
    if (Array.isArray(value)) return o.clash.count(value.length);
    return (value as string | null) || t.none;
  };
  return { label, said };
}

/**
 * Two people changed the same fields: each is shown with both values, and the person chooses field by field. What only
 * one of them changed is merged already. Nothing is thrown away before that.
 */
export function ConflictPanel({
  conflict,
  onChoose,
}: {
  conflict: OpenConflict;
  /** Keys for which the other's value is used. */
  onChoose: (theirs: ReadonlySet<Key>) => void;
}) {
  const t = useText(text);
  const o = useText(offline);
  const { label, said } = useSaid();
  const [chosen, setChosen] = useState<Record<number, 'mine' | 'theirs'>>({});
  const { clashes } = conflict.merged;
  const who = conflict.theirs.by ?? o.together.somebody;
  const open = clashes.filter((_, i) => chosen[i] === undefined).length;
  const go = () => onChoose(new Set(clashes.flatMap(({ keys }, i) => (chosen[i] === 'theirs' ? keys : []))));
  const value = (content: FilingContent, keys: readonly Key[]) =>
    keys
      .filter((key) => key !== 'unchanged' || keys.length === 1 || content.unchanged)
      .map((key) => said(content, key))
      .join(' / ');
  return (
    <section className="ff-conflict" role="alert" aria-label={t.saving.conflict}>
      <h2>{o.clash.title(who)}</h2>
      <p>{o.clash.hint}</p>
      {clashes.map(({ keys }, i) => (
        <fieldset key={keys[0]}>
          <legend>{label(keys)}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side}>
              <input
                type="radio"
                name={`clash-${keys[0]}`}
                checked={chosen[i] === side}
                onChange={() => setChosen((now) => ({ ...now, [i]: side }))}
              />
              <span>
                <small>{side === 'mine' ? o.clash.mine : o.clash.theirs(who)}</small>
                {value(side === 'mine' ? conflict.mine : conflict.theirs.theirs, keys)}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <button type="button" className="ff-choose" disabled={open > 0} onClick={go}>
        {open > 0 ? o.clash.open(open) : o.clash.go}
      </button>
    </section>
  );
}
