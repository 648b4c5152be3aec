import { useLanguage, useText } from '#core/web/text.ts';
import { count, points, rate, yi, yiUnit } from '#core/web/ui/format.ts';
import { Light, lightOrder } from '#core/web/ui/Light.tsx';
import type { EditionBody } from '../contract.ts';
import { gapOf } from '../figure.ts';
import * as text from './text.ts';

/** The few figures of a month: lights with their movement, money, rate and gap. */
export function Figures({ body }: { body: Omit<EditionBody, 'projects'> }) {
  const t = useText(text);
  const language = useLanguage();
  const { total, previous, clock } = body;
  const gap = gapOf(total.doneYuan, total.planYuan, clock);
  const word = gap === null || gap === 0 ? null : gap > 0 ? t.ahead : t.behind;
  const done = rate(total.doneYuan, total.planYuan);
  return (
    <>
      <ul className="month-lights">
        {lightOrder.map((light) => {
          const move = previous ? total.lights[light] - previous.lights[light] : null;
          return (
            <li key={light}>
              <Light value={light} />
              <b>{count(total.lights[light])}</b>
              <small>{move === null ? '' : move > 0 ? `+${move}` : move === 0 ? '±0' : `−${-move}`}</small>
            </li>
          );
        })}
      </ul>
      <dl className="month-figures">
        <Figure name={t.figures.projects} value={`${count(total.projects)} / ${count(total.items)}`} />
        <Figure name={t.figures.plan} value={`${yi(total.planYuan, language)} ${yiUnit(language)}`} />
        <Figure name={t.figures.month} value={`${yi(total.monthYuan, language)} ${yiUnit(language)}`} />
        <Figure name={t.figures.done} value={`${yi(total.doneYuan, language)} ${yiUnit(language)}`} />
        <Figure name={t.figures.rate} value={done} />
        <Figure name={t.figures.gap} value={points(gap)} />
      </dl>
      <p className="month-sentence">
        {word === null || gap === null ? t.even : t.sentence(done, word, points(gap).replace(/^[+−]/, ''))}
      </p>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
