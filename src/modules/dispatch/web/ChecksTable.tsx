import type { z } from 'zod';
import { useText, useWords } from '#core/web/text.ts';
import { dash } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Check, Level } from '../contract.ts';
import { CheckFigures } from './CheckFigures.tsx';
import { LevelLight } from './LevelLight.tsx';
import * as text from './text.ts';

/** Every rule with its condition, its figures and what came of it. `level` chooses whose condition is shown. */
export function ChecksTable({
  checks,
  levels,
  level,
  doneLink,
}: {
  checks: readonly z.infer<typeof Check>[];
  levels: readonly Level[];
  /** Code of the level that the conditions are shown of, where a rule did not give one itself. */
  level: string;
  /** Where the money done opens: the newest accepted filing. */
  doneLink?: string | undefined;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <ScrollX label={t.why.rule}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t.why.rule}</th>
            <th>{t.why.conditions}</th>
            <th>{t.why.inputs}</th>
            <th>{t.why.result}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.rule} data-light={check.light ?? 'none'} title={words(check.result)}>
              <td>{words(check.name)}</td>
              <td>
                <Condition check={check} levels={levels} level={level} />
              </td>
              <td>
                <CheckFigures check={check} doneLink={doneLink} />
                {check.streak && <StreakLine streak={check.streak} levels={levels} />}
              </td>
              <td className="nowrap">
                <LevelLight levels={levels} code={check.level} />
                {check.state !== 'decided' && <small className="muted"> {t.why.states[check.state]}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

/** The condition of the level that the rule gave; of a calm rule, that of the level asked about or the first that warns. */
function Condition({
  check,
  levels,
  level,
}: {
  check: z.infer<typeof Check>;
  levels: readonly Level[];
  level: string;
}) {
  const words = useWords();
  const isCalm = check.level === null || check.level === 'normal';
  const warns = levels.filter((l) => l.base === 'warn' || l.base === 'late').map((l) => l.code);
  const shown = [...(isCalm ? [] : [check.level!]), level, ...warns].find((code) => check.conditions[code]);
  const condition = shown ? check.conditions[shown] : null;
  if (!condition) return dash;
  const name = levels.find((l) => l.code === shown)?.words;
  return (
    <>
      <span className="muted">{name && words(name)}</span> {words(condition)}
    </>
  );
}

/** 连续：2021-07、2021-08。 */
function StreakLine({
  streak,
  levels,
}: {
  streak: NonNullable<z.infer<typeof Check>['streak']>;
  levels: readonly Level[];
}) {
  const t = useText(text);
  const words = useWords();
  const nameOf = (code: string) => words(levels.find((l) => l.code === code)?.words ?? { zh: code, en: code });
  const months = streak.months.join(t.why.listComma);
  return (
    <div className="streak">
      {streak.becomes
        ? t.why.streak(streak.months.length, nameOf(streak.light), months, nameOf(streak.becomes))
        : t.why.running(streak.months.length, nameOf(streak.light), months)}
    </div>
  );
}
