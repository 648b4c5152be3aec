import { Fragment, type ReactNode } from 'react';
import { Link, type To } from 'react-router';
import { useText } from '#core/web/text.ts';
import type { Unit, UnitName } from '../shapes.ts';
import * as text from './text.ts';

export function UnitFacts({ unit, to }: { unit: Unit; to: (id: string) => To }) {
  const t = useText(text);
  const link = (other: UnitName) => (
    <Link key={other.id} to={to(other.id)}>
      {other.name}
    </Link>
  );
  const facts: [string, ReactNode][] = [
    [
      t.unit.validity,
      unit.validTo === null ? t.unit.since(unit.validFrom) : t.unit.fromTo(unit.validFrom, unit.validTo),
    ],
    [t.unit.below, unit.counts.below > 0 ? t.unit.belowCount(unit.counts.children, unit.counts.below) : null],
    [t.unit.region, unit.regionCode && `${unit.regionName ?? ''} ${unit.regionCode}`],
    [t.unit.creditCode, unit.creditCode && <CreditCode unit={unit} />],
    [t.unit.aliases, [...(unit.shortName ? [unit.shortName] : []), ...unit.aliases].join('、') || null],
    [t.unit.successor, unit.successor && link(unit.successor)],
    [
      t.unit.predecessors,
      unit.predecessors.length > 0 &&
        unit.predecessors.map((other, index) => (
          <Fragment key={other.id}>
            {index > 0 && '、'}
            {link(other)}
          </Fragment>
        )),
    ],
    [t.unit.note, unit.note],
  ];
  return (
    <dl className="unit-facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A code that fails its check character is shown with the reason for which it was kept, never silently. */
function CreditCode({ unit }: { unit: Unit }) {
  const t = useText(text);
  return (
    <>
      <span className="num">{unit.creditCode}</span>
      {unit.creditCodeHolds === false && (
        <span className="warn">
          {' '}
          {t.unit.creditCodeFails}
          {unit.creditCodeReason && `，${t.unit.creditCodeKept(unit.creditCodeReason)}`}
        </span>
      )}
    </>
  );
}
