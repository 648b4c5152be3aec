import { Select } from 'antd';
import { useWords } from '#core/web/text.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { Level } from '../level.ts';

/** One of the set's levels. */
export function LevelPick({
  label,
  levels,
  value,
  onChange,
  withLabel = false,
}: {
  label: string;
  levels: readonly Level[];
  value: string;
  onChange: (code: string) => void;
  /** The label stands before the value as well. */
  withLabel?: boolean;
}) {
  const words = useWords();
  return (
    <Select
      aria-label={label}
      {...(withLabel && { prefix: label })}
      value={value}
      onChange={onChange}
      options={levels.map((level) => ({
        value: level.code,
        title: words(level.words),
        label: <Light value={level.base} mark={level} />,
      }))}
      popupMatchSelectWidth={false}
      style={{ minWidth: '8rem' }}
    />
  );
}
