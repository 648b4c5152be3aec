import { useText, useWords } from '#core/web/text.ts';
import { count, dash, rate, yi } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { RateTable, Tally } from '../rate-shapes.ts';
import type { RateBasis, RateCode, RateLevel } from '../rates.ts';
import type { Asked } from './RateMembers.tsx';
import * as text from './rate-text.ts';

type Open = (what: Pick<Asked, 'list'> & Partial<Asked>) => void;
type Identity = RateTable['identity'][RateBasis][RateLevel];

/** 已开工 = 应开工 − 应开未开 + 提前开工, every term a list of names. */
export function RateIdentity({ identity, onOpen }: { identity: Identity; onOpen: Open }) {
  const t = useText(text);
  const Part = ({ part }: { part: keyof typeof t.parts }) => (
    <button
      type="button"
      className={part === 'overdue' && identity.overdue > 0 ? 'late' : ''}
      onClick={() => onOpen({ list: part })}
      aria-label={t.open(t.parts[part], count(identity[part]))}
    >
      <small>{t.parts[part]}</small>
      <b>{count(identity[part])}</b>
    </button>
  );
  return (
    <section className="card rate-identity" aria-label={t.identity}>
      <div className="sum">
        <Part part="started" />
        <i>=</i>
        <Part part="due" />
        <i>−</i>
        <Part part="overdue" />
        <i>+</i>
        <Part part="early" />
        <span className={identity.holds ? 'good' : 'late'}>{identity.holds ? t.holds : t.broken}</span>
      </div>
      <div className="beside">
        <Part part="outside" />
        <Part part="undated" />
      </div>
    </section>
  );
}

function Figure({
  tally,
  kind,
  onOpen,
  label,
}: {
  tally: Tally;
  kind: 'count' | 'yuan';
  onOpen: () => void;
  label: string;
}) {
  const t = useText(text);
  const shown = rate(tally.numerator, tally.denominator);
  const fraction =
    kind === 'count'
      ? `${count(tally.numerator)} / ${count(tally.denominator)}`
      : `${yi(tally.numerator)} / ${yi(tally.denominator)} ${t.yi}`;
  return (
    <>
      <td className="num" title={shown === dash ? t.noRate : undefined}>
        <b>{shown}</b>
      </td>
      <td className="num">
        <button type="button" className="link" onClick={onOpen} aria-label={t.open(label, fraction)}>
          {fraction}
        </button>
      </td>
    </>
  );
}

/** One rate a row: its name, what it divides by what, its figure as chosen, and the figure on the other plan. */
export function RateRows({
  table,
  level,
  basis,
  onOpen,
}: {
  table: RateTable;
  level: RateLevel;
  basis: RateBasis;
  onOpen: Open;
}) {
  const t = useText(text);
  const words = useWords();
  const other: RateBasis = basis === 'adjusted' ? 'original' : 'adjusted';
  return (
    <section className="card">
      <ScrollX label={t.title}>
        <table className="plain rate-table">
          <thead>
            <tr>
              <th>{t.rate}</th>
              <th>{t.formula}</th>
              <th className="num">{t.share}</th>
              <th className="num">{t.fraction}</th>
              <th className="num">{t.other[other]}</th>
              <th className="num">{t.fraction}</th>
            </tr>
          </thead>
          <tbody>
            {table.rates.map(({ code, kind, words: name, formula, source, tallies }) => (
              <tr key={code}>
                <th scope="row">{words(name)}</th>
                <td title={t.checked(source)}>{words(formula)}</td>
                <Figure
                  tally={tallies[basis][level]}
                  kind={kind}
                  label={words(name)}
                  onOpen={() => onOpen({ code, list: 'missing' })}
                />
                <Figure
                  tally={tallies[other][level]}
                  kind={kind}
                  label={words(name)}
                  onOpen={() => onOpen({ code, list: 'missing', basis: other })}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

/** Groups across, rates down would hide the comparison: one row a group, one column a rate. */
export function RateGroups({
  table,
  by,
  onOpen,
}: {
  table: RateTable;
  by: 'county' | 'command' | 'board';
  onOpen: Open;
}) {
  const t = useText(text);
  const words = useWords();
  const cell = (code: RateCode, tally: Tally, key: string | null, name: string) => {
    const shown = rate(tally.numerator, tally.denominator);
    const label = `${name} ${shown}`;
    return (
      <td
        key={code}
        className={`num${shown === dash ? ' muted' : ''}`}
        title={`${tally.numerator} / ${tally.denominator}`}
      >
        {by === 'county' && key !== null && shown !== dash ? (
          <button
            type="button"
            className="link"
            aria-label={label}
            onClick={() => onOpen({ code, list: 'missing', level: 'projects', basis: 'adjusted', county: key })}
          >
            {shown}
          </button>
        ) : (
          shown
        )}
      </td>
    );
  };
  return (
    <ScrollX label={t.byGroup}>
      <table className="plain rate-groups">
        <thead>
          <tr>
            <th>{t.group[by]}</th>
            {table.rates.map(({ code, words: name }) => (
              <th key={code} className="num">
                {words(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.groups.map(({ key, name, tallies }) => (
            <tr key={key ?? ''}>
              <th scope="row">{name ?? t.none}</th>
              {table.rates.map(({ code }) => cell(code, tallies[code], key, name ?? t.none))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
