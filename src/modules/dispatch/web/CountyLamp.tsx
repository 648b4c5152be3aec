import { useText } from '#core/web/text.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { CountyLamps } from '../contract.ts';
import { LevelLight } from './LevelLight.tsx';
import { markOfLevel } from './level.ts';
import * as text from './text.ts';

export type CountyLampOf = CountyLamps['counties'][number];

/** The lamp of a county as a button to its reasons; where several rules give a colour, each shows its own (双亮牌). */
export function CountyLamp({
  county,
  isOpen,
  onToggle,
}: {
  county: CountyLampOf;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const t = useText(text).county;
  const decided = county.checks.filter((check) => check.level !== null && check.state === 'decided');
  return (
    <button
      type="button"
      className="county-lamp"
      aria-expanded={isOpen}
      aria-label={t.why(county.name)}
      onClick={onToggle}
    >
      {decided.length > 1 ? (
        decided.map((check) => <LevelLight key={check.rule} levels={county.levels} code={check.level} />)
      ) : county.checks.some((check) => check.level !== null) ? (
        <Light value={county.light} mark={markOfLevel(county.level)} />
      ) : (
        <span className="muted">{t.noLamp}</span>
      )}
    </button>
  );
}
