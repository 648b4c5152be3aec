import { Button, Input, InputNumber, Select } from 'antd';
import { markColours, markShapes } from '#core/shared/light-mark.ts';
import { useText } from '#core/web/text.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { Level } from '../level.ts';
import { lights } from '../light-rule.ts';
import * as text from './text.ts';

/** The colours of a set, one row each; the calm one stays. */
export function LevelsEditor({ levels, onChange }: { levels: readonly Level[]; onChange: (levels: Level[]) => void }) {
  const t = useText(text);
  const r = t.rules;
  const set = (code: string, change: Partial<Level>) =>
    onChange(levels.map((l) => (l.code === code ? { ...l, ...change } : l)));
  const add = () => {
    const n = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((i) => !levels.some((l) => l.code === `level${i}`));
    const words = { zh: text.zh.rules.newLevel, en: text.en.rules.newLevel };
    onChange([...levels, { code: `level${n}`, words, colour: 'orange', shape: 'hexagon', severity: 60, base: 'warn' }]);
  };
  return (
    <fieldset>
      <legend>{r.levels}</legend>
      {levels.map((level) => {
        const isCalm = level.code === 'normal';
        return (
          <div className="band" key={level.code}>
            <span className="sample-light">
              <Light value={level.base} mark={level} />
            </span>
            <Input
              aria-label={r.levelName}
              value={level.words.zh}
              maxLength={20}
              onChange={(e) => set(level.code, { words: { ...level.words, zh: e.target.value } })}
              style={{ width: '7.5rem' }}
            />
            <Input
              aria-label={r.levelEnglish}
              value={level.words.en}
              maxLength={40}
              onChange={(e) => set(level.code, { words: { ...level.words, en: e.target.value } })}
              style={{ width: '9rem' }}
            />
            <Select
              aria-label={r.levelColour}
              value={level.colour}
              onChange={(colour) => set(level.code, { colour })}
              options={markColours.map((colour) => ({ value: colour, label: r.colours[colour] }))}
              style={{ width: '5.5rem' }}
            />
            <Select
              aria-label={r.levelShape}
              value={level.shape}
              onChange={(shape) => set(level.code, { shape })}
              options={markShapes.map((shape) => ({ value: shape, label: r.shapes[shape] }))}
              style={{ width: '6.5rem' }}
            />
            <InputNumber
              aria-label={r.levelSeverity}
              prefix={r.levelSeverity}
              min={isCalm ? 0 : 1}
              max={99}
              precision={0}
              disabled={isCalm}
              value={level.severity}
              onChange={(severity) => severity !== null && set(level.code, { severity })}
              style={{ width: '6.5rem' }}
            />
            <Select
              aria-label={r.levelBase}
              prefix={r.levelBase}
              value={level.base}
              disabled={isCalm}
              onChange={(base) => set(level.code, { base })}
              options={lights.map((light) => ({ value: light, label: t.lights[light] }))}
              style={{ width: '9rem' }}
            />
            <Button
              size="small"
              disabled={isCalm}
              onClick={() => onChange(levels.filter((l) => l.code !== level.code))}
            >
              {r.removeBand}
            </Button>
          </div>
        );
      })}
      <Button size="small" disabled={levels.length >= 9} onClick={add}>
        {r.addLevel}
      </Button>
    </fieldset>
  );
}
