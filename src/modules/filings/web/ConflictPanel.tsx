import { Button } from 'antd';
import { useText } from '#core/web/text.ts';
import type { FilingContent, FilingField } from '../content.ts';
import type { DraftConflict } from '../contract.ts';
import { sum } from './show.ts';
import * as text from './text.ts';

const compared = [
  'monthYuan',
  'cumulativeYuan',
  'cause',
  'imageProgress',
  'problems',
  'startedOn',
  'photos',
  'milestones',
  'note',
] as const satisfies readonly FilingField[];

/** Two people wrote at once: both contents side by side, and the person chooses. Nothing is thrown away before that. */
export function ConflictPanel({
  conflict,
  onChoose,
}: {
  conflict: DraftConflict;
  onChoose: (content: FilingContent) => void;
}) {
  const t = useText(text);
  const say = (content: FilingContent, field: (typeof compared)[number]): string => {
    const value = content[field];
    if (field === 'monthYuan' || field === 'cumulativeYuan') return sum(value as number | null);
    if (field === 'cause') return content.cause === null ? t.none : t.causes[content.cause];
    if (Array.isArray(value)) return String(value.length);
    return (value as string | null) || t.none;
  };
  const differing = compared.filter(
    (field) => JSON.stringify(conflict.yours[field]) !== JSON.stringify(conflict.theirs[field]),
  );
  return (
    <section className="ff-conflict" role="alert" aria-label={t.saving.conflict}>
      <h2>{t.conflict.title(conflict.by ?? t.conflict.somebody)}</h2>
      <p>{t.conflict.hint}</p>
      <table className="plain">
        <thead>
          <tr>
            <th />
            <th>{t.conflict.yours}</th>
            <th>{t.conflict.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((field) => (
            <tr key={field}>
              <th scope="row">{t.fields[field]}</th>
              <td>{say(conflict.yours, field)}</td>
              <td>{say(conflict.theirs, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="ff-buttons">
        <Button type="primary" onClick={() => onChoose(conflict.yours)}>
          {t.conflict.useYours}
        </Button>
        <Button onClick={() => onChoose(conflict.theirs)}>{t.conflict.useTheirs}</Button>
      </p>
    </section>
  );
}
