import { useText } from '#core/web/text.ts';
import { count, rate } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Month } from '../contract.ts';
import * as text from './text.ts';

type Unit = Month['units'][number];
const parts = ['accepted', 'waiting', 'returned', 'missing'] as const;
const shown = 14;

const together = (units: readonly Unit[], name: string): Unit => {
  const sum = (key: (typeof parts)[number] | 'due') => units.reduce((total, u) => total + u[key], 0);
  return {
    name,
    due: sum('due'),
    accepted: sum('accepted'),
    waiting: sum('waiting'),
    returned: sum('returned'),
    missing: sum('missing'),
  };
};

/** Who has filed and who has not, those with most missing first; the rest in one line. */
export function UnitFilings({ units }: { units: readonly Unit[] }) {
  const t = useText(text);
  const total = together(units, t.total);
  const rest = units.slice(shown);
  const rows = [...units.slice(0, shown), ...(rest.length > 0 ? [together(rest, t.more(count(rest.length)))] : [])];
  const filed = total.accepted + total.waiting + total.returned;
  return (
    <section className="card">
      <h2>
        {t.units} <small className="muted">{t.unitsSay(count(total.due), count(filed), count(total.missing))}</small>
      </h2>
      <ScrollX label={t.units}>
        <table className="plain unit-filings">
          <thead>
            <tr>
              <th>{t.unit.name}</th>
              <th className="num">{t.unit.due}</th>
              <th className="num">{t.unit.rate}</th>
              <th>
                <span className="filing-legend">
                  {parts.map((part) => (
                    <span key={part} data-part={part}>
                      {t.unit[part]}
                    </span>
                  ))}
                </span>
              </th>
              {parts.map((part) => (
                <th key={part} className="num">
                  {t.unit[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((unit) => (
              <Row key={unit.name} unit={unit} name={unit.name || t.noUnit} />
            ))}
          </tbody>
          <tfoot>
            <Row unit={total} name={t.total} />
          </tfoot>
        </table>
      </ScrollX>
    </section>
  );
}

function Row({ unit, name }: { unit: Unit; name: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{count(unit.due)}</td>
      <td className="num">{rate(unit.accepted, unit.due)}</td>
      <td>
        <span className="filing-bar" aria-hidden="true">
          {parts.map((part) => (
            <i key={part} data-part={part} style={{ flexGrow: unit[part] }} />
          ))}
        </span>
      </td>
      {parts.map((part) => (
        <td key={part} className={part === 'missing' && unit.missing > 0 ? 'num late' : 'num'}>
          {count(unit[part])}
        </td>
      ))}
    </tr>
  );
}
