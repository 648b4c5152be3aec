import { useLanguage, useText } from '#core/web/text.ts';
import type { Figure } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { showFigure } from '../show.ts';
import * as text from './text.ts';

/** A figure with its unit, or “—” with the reason; which field is missing stands in its title. */
export function FigureText({ figure, of }: { figure: Figure; of: Pick<Definition, 'unit' | 'decimals'> }) {
  const t = useText(text);
  const language = useLanguage();
  const isMissing = 'missing' in figure;
  return (
    <span
      className={isMissing ? 'indicator-figure muted' : 'indicator-figure'}
      title={isMissing && figure.name !== null ? t.missingName(figure.name) : undefined}
    >
      {showFigure(figure, of, language)}
    </span>
  );
}
