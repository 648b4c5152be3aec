import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { unwire } from '../exact.ts';
import type { Item, SchemeBody } from '../scheme.ts';
import type { Scheme } from '../shapes.ts';
import { Faults } from './Faults.tsx';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { isExact, nameOf, ruleOf, showPoints } from './show.ts';
import './scores.css';
import * as text from './text.ts';

/** 试算: other weights, caps, parameters or an older version over the same figures, and who moves. Nothing is saved. */
export function WhatIfPage() {
  const t = useText(text);
  const { id, scheme, error, refetch } = useScheme();
  return (
    <>
      <SchemeHead id={id} scheme={scheme} page="whatIf" note={t.whatIfNote} />
      <div className="page-body scores-body">
        {error && <ProblemView error={error} onRetry={() => void refetch()} />}
        {scheme && <Trial key={`${id} ${scheme.version}`} scheme={scheme} />}
      </div>
    </>
  );
}

const isWhole = (body: SchemeBody): boolean =>
  body.items.every((i) => paramsOf(i).every(({ value, isOptional }) => (isOptional && value === '') || isExact(value)));

function Trial({ scheme }: { scheme: Scheme }) {
  const t = useText(text);
  const language = useLanguage();
  const { id, api } = useScheme();
  const [body, setBody] = useState(scheme.body);
  const [version, setVersion] = useState<number | null>(null);
  const asked = version === null ? { id, body } : { id, version };
  const trial = useQuery({
    queryKey: ['scores', 'whatIf', asked],
    queryFn: ({ signal }) => api.whatIf(asked, { signal }),
    enabled: version !== null || isWhole(body),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const found = trial.data;
  const movers = found?.moves.filter((m) => m.before.rank !== m.after.rank).length ?? 0;
  const set = (item: Item) =>
    setBody((now) => ({ ...now, items: now.items.map((i) => (i.code === item.code ? item : i)) }));
  return (
    <div className="scores-split">
      <section className="card">
        <h2>{t.parameters}</h2>
        <div className="scores-form">
          {scheme.version > 1 && (
            <Field label={t.whatIfVersion}>
              {(fieldId) => (
                <Select
                  id={fieldId}
                  value={version ?? 0}
                  options={[
                    { value: 0, label: t.current },
                    ...Array.from({ length: scheme.version }, (_, i) => ({ value: i + 1, label: t.version(i + 1) })),
                  ]}
                  onChange={(v: number) => setVersion(v === 0 ? null : v)}
                />
              )}
            </Field>
          )}
          {version === null &&
            body.items.map((item) => (
              <fieldset key={item.code} className="scores-list">
                <legend>{nameOf(item.name, language)}</legend>
                <p className="muted">{nameOf(ruleOf(item), language)}</p>
                <div className="scores-params">
                  {paramsOf(item).map(({ key, value, isOptional, put }) => (
                    <Field key={key} label={labelOf(key, t)}>
                      {(fieldId) => (
                        <Input
                          id={fieldId}
                          inputMode="decimal"
                          value={value}
                          maxLength={24}
                          {...(!((isOptional && value === '') || isExact(value)) && { status: 'error' as const })}
                          onChange={(e) => set(put(e.target.value))}
                        />
                      )}
                    </Field>
                  ))}
                </div>
              </fieldset>
            ))}
          <Button
            onClick={() => {
              setBody(scheme.body);
              setVersion(null);
            }}
          >
            {t.reset}
          </Button>
        </div>
      </section>
      <section className="card" aria-live="polite">
        <h2>
          {t.movers(movers)}
          {found && <small>{t.asOf(found.day)}</small>}
        </h2>
        {trial.error && <ProblemView error={trial.error} onRetry={() => void trial.refetch()} />}
        {found && <Faults faults={found.faults} />}
        {found && (
          <ScrollX label={t.tabs.whatIf}>
            <table className="plain scores-moves">
              <thead>
                <tr>
                  <th>{t.unit}</th>
                  <th className="num">{t.before}</th>
                  <th className="num">{t.after}</th>
                  <th className="num">{t.beforeTotal}</th>
                  <th className="num">{t.afterTotal}</th>
                  <th className="num">{t.change}</th>
                </tr>
              </thead>
              <tbody>
                {[...found.moves]
                  .sort(
                    (a, b) =>
                      groupAt(scheme, a.group) - groupAt(scheme, b.group) ||
                      (a.after.rank ?? 1e9) - (b.after.rank ?? 1e9),
                  )
                  .map((m) => (
                    <tr key={m.unitId} className={m.before.rank === m.after.rank ? undefined : 'moved'}>
                      <th scope="row">{m.name}</th>
                      <td className="num">{m.before.rank ?? '—'}</td>
                      <td className="num">
                        {m.after.rank ?? '—'} <Shift from={m.before.rank} to={m.after.rank} />
                      </td>
                      <td className="num">{showPoints(m.before.total, body.decimals)}</td>
                      <td className="num">{showPoints(m.after.total, body.decimals)}</td>
                      <td className="num">
                        {unwire(m.change).n > 0n ? '+' : ''}
                        {showPoints(m.change, body.decimals)}
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </ScrollX>
        )}
      </section>
    </div>
  );
}

const groupAt = (scheme: Scheme, code: string) => scheme.body.groups.findIndex((g) => g.code === code);

function Shift({ from, to }: { from: number | null; to: number | null }) {
  const t = useText(text);
  if (from === null || to === null || from === to) return null;
  const isUp = to < from;
  return (
    <small className={isUp ? 'up' : 'down'}>
      {isUp ? '↑' : '↓'}
      {isUp ? t.up(from - to) : t.down(to - from)}
    </small>
  );
}

interface Param {
  key: string;
  value: string;
  isOptional?: boolean;
  put: (value: string) => Item;
}

/** `points.2` is the second points of a list. */
function labelOf(key: string, t: Omit<typeof text.zh, never> | typeof text.en): string {
  const [name, at] = key.split('.');
  const word = (
    {
      weight: t.weight,
      cap: t.cap,
      floor: t.floor,
      base: t.base,
      most: t.most,
      span: t.span,
      points: t.perOne,
    } as Record<string, string>
  )[name!]!;
  return at ? `${word} ${at}` : word;
}

/** The numbers of an item that may be turned: weight, cap, floor, and what its method has. */
function paramsOf(item: Item): Param[] {
  const { method } = item;
  const own = (key: 'base' | 'span' | 'most', value: string | null): Param => ({
    key,
    value: value ?? '',
    isOptional: key === 'most',
    put: (v) => ({ ...item, method: { ...method, [key]: key === 'most' && v === '' ? null : v } as Item['method'] }),
  });
  const listed = (field: 'segments' | 'places' | 'bands' | 'lines'): Param[] => {
    const rows = (method as unknown as Record<string, { points: string }[]>)[field]!;
    return rows.map((row, i) => ({
      key: `points.${i + 1}`,
      value: row.points,
      put: (v) => ({
        ...item,
        method: { ...method, [field]: rows.map((r, j) => (j === i ? { ...r, points: v } : r)) } as Item['method'],
      }),
    }));
  };
  const optional = (key: 'cap' | 'floor'): Param => ({
    key,
    value: item[key] ?? '',
    isOptional: true,
    put: (v) => ({ ...item, [key]: v === '' ? null : v }),
  });
  const weighs = method.kind === 'ratio' || method.kind === 'efficacy';
  return [
    ...(weighs ? [{ key: 'weight', value: item.weight, put: (v: string) => ({ ...item, weight: v }) }] : []),
    ...(method.kind === 'steps' || method.kind === 'counts' || method.kind === 'efficacy'
      ? [own('base', method.base)]
      : []),
    ...(method.kind === 'efficacy' ? [own('span', method.span)] : []),
    ...(method.kind === 'steps' ? [...listed('segments'), own('most', method.most)] : []),
    ...(method.kind === 'rank' ? listed('places') : []),
    ...(method.kind === 'bands' ? listed('bands') : []),
    ...(method.kind === 'counts' ? listed('lines') : []),
    optional('cap'),
    optional('floor'),
  ];
}
