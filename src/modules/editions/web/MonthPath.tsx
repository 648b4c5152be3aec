import { useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import type { Month } from '../contract.ts';
import * as text from './text.ts';

/** Five steps with what each says now; the one in hand is marked by a rule below and by words, not by colour alone. */
export function MonthPath({ month }: { month: Month }) {
  const t = useText(text);
  const sum = (of: (u: Month['units'][number]) => number) => month.units.reduce((total, u) => total + of(u), 0);
  const [due, accepted] = [sum((u) => u.due), sum((u) => u.accepted)];
  const newest = month.editions[0];
  const blocking = month.checks.filter((c) => c.state === 'todo').length;
  const short = (value: string) => moment(value).slice(5);
  const steps = [
    { key: 'open', isDone: due > 0, says: due > 0 ? t.pathSays.opened(count(due)) : t.pathSays.notOpened },
    {
      key: 'collect',
      isDone: due > 0 && accepted === due,
      says: t.pathSays.collected(count(accepted), count(due - accepted)),
    },
    {
      key: 'trial',
      isDone: month.trial !== null || newest !== undefined,
      says: month.trial
        ? t.pathSays.tried(count(month.trial.turn), short(month.trial.computedAt))
        : newest
          ? t.edition(newest.version)
          : t.pathSays.notTried,
    },
    {
      key: 'freeze',
      isDone: newest !== undefined,
      says: newest
        ? t.pathSays.sealed(newest.version, short(newest.sealedAt))
        : blocking > 0
          ? t.pathSays.blocked(count(blocking))
          : t.pathSays.ready,
    },
    {
      key: 'publish',
      isDone: Boolean(newest?.publishedAt),
      says: newest?.publishedAt ? t.pathSays.published(moment(newest.publishedAt)) : t.pathSays.notPublished,
    },
  ] as const;
  const current = steps.find((s) => !s.isDone)?.key;
  return (
    <ol className="month-path" aria-label={t.pathLabel}>
      {steps.map((step, i) => (
        <li
          key={step.key}
          className={step.isDone ? 'is-done' : ''}
          {...(step.key === current && { 'aria-current': 'step' as const })}
        >
          <span className="mark" aria-hidden="true">
            {step.isDone ? '✓' : i + 1}
          </span>
          <span>
            <b>{t.path[step.key]}</b>
            <small>{step.says}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
