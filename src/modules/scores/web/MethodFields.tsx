import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { type Method, methodKinds } from '../scheme.ts';
import * as text from './text.ts';

const words = { zh: '', en: '' };
/** What a method begins with; the value that was read stays. */
function begun(kind: Method['kind'], of: string): Method {
  switch (kind) {
    case 'ratio':
    case 'formula':
      return { kind, of };
    case 'steps': {
      const segments = (['above', 'below'] as const).map((side) => ({
        side,
        from: '0',
        to: null,
        each: '1',
        points: side === 'above' ? '0.2' : '-0.1',
      }));
      return { kind, of, anchor: '100', base: '10', counting: 'whole', segments, most: null };
    }
    case 'rank':
      return { kind, of, best: 'highest', places: [{ to: 1, points: '5' }] };
    case 'bands':
      return { kind, of, bands: [{ from: '1', points: '5' }], otherwise: '0' };
    case 'counts':
      return { kind, base: '0', lines: [{ label: { ...words, zh: '事项' }, of, points: '1', most: null }] };
    case 'efficacy':
      return { kind, of, best: 'highest', base: '60', span: '40' };
  }
}

/** The numbers of a method, each in a field of its own. */
export function MethodFields({ method, onChange }: { method: Method; onChange: (method: Method) => void }) {
  const t = useText(text);
  const line = (label: string, value: string, put: (v: string) => void, hint?: string) => (
    <FormField label={label} hint={hint}>
      {(id) => <Input id={id} value={value} maxLength={600} onChange={(e) => put(e.target.value)} />}
    </FormField>
  );
  const pick = <V extends string>(label: string, value: V, options: Record<V, string>, put: (v: V) => void) => (
    <FormField label={label}>
      {(id) => (
        <Select
          id={id}
          value={value}
          options={(Object.keys(options) as V[]).map((v) => ({ value: v, label: options[v] }))}
          onChange={put}
        />
      )}
    </FormField>
  );
  const rows = <R,>(
    title: string,
    list: readonly R[],
    put: (list: R[]) => void,
    blank: R,
    draw: (row: R, set: (row: R) => void) => ReactNode,
  ) => (
    <div className="scores-list">
      <h4>{title}</h4>
      {list.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place
        <div key={at} className="scores-row">
          {draw(row, (next) => put(list.map((r, i) => (i === at ? next : r))))}
          {list.length > 1 && (
            <Button
              size="small"
              aria-label={`${t.remove} ${title} ${at + 1}`}
              onClick={() => put(list.filter((_, i) => i !== at))}
            >
              {t.remove}
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => put([...list, blank])}>
          {t.add}
        </Button>
      </div>
    </div>
  );
  const of = method.kind === 'counts' ? method.lines[0]!.of : method.of;
  const best = (value: 'highest' | 'lowest', put: (v: 'highest' | 'lowest') => void) =>
    pick(t.best, value, { ...t.bests }, put);
  return (
    <div className="scores-list">
      <div className="scores-row">
        {pick(
          t.method,
          method.kind,
          Object.fromEntries(methodKinds.map((k) => [k, t.methods[k]])) as Record<Method['kind'], string>,
          (kind) => onChange(begun(kind, of)),
        )}
        {method.kind !== 'counts' && line(t.of, method.of, (v) => onChange({ ...method, of: v }), t.ofHint)}
        {method.kind === 'steps' && (
          <>
            {line(
              t.anchor,
              method.anchor ?? '',
              (v) => onChange({ ...method, anchor: v === '' ? null : v }),
              t.anchorHint,
            )}
            {line(t.base, method.base, (base) => onChange({ ...method, base }))}
            {pick(t.counting, method.counting, { ...t.countings }, (counting) => onChange({ ...method, counting }))}
            {line(t.most, method.most ?? '', (v) => onChange({ ...method, most: v === '' ? null : v }), t.bonusHint)}
          </>
        )}
        {method.kind === 'rank' && best(method.best, (v) => onChange({ ...method, best: v }))}
        {method.kind === 'bands' &&
          line(t.otherwise, method.otherwise, (otherwise) => onChange({ ...method, otherwise }))}
        {method.kind === 'counts' && line(t.base, method.base, (base) => onChange({ ...method, base }))}
        {method.kind === 'efficacy' && (
          <>
            {best(method.best, (v) => onChange({ ...method, best: v }))}
            {line(t.base, method.base, (base) => onChange({ ...method, base }))}
            {line(t.span, method.span, (span) => onChange({ ...method, span }))}
          </>
        )}
      </div>
      {method.kind === 'steps' &&
        rows(
          t.segments,
          method.segments,
          (segments) => onChange({ ...method, segments }),
          { side: 'above' as const, from: '0', to: null, each: '1', points: '0.1' },
          (row, set) => (
            <>
              {pick(t.side, row.side, { ...t.sidesOf }, (side) => set({ ...row, side }))}
              {line(t.from, row.from, (from) => set({ ...row, from }))}
              {line(t.to, row.to ?? '', (v) => set({ ...row, to: v === '' ? null : v }), t.toHint)}
              {line(t.each, row.each, (each) => set({ ...row, each }))}
              {line(t.stepPoints, row.points, (points) => set({ ...row, points }))}
            </>
          ),
        )}
      {method.kind === 'rank' &&
        rows(
          t.places,
          method.places,
          (places) => onChange({ ...method, places }),
          { to: 3, points: '1' },
          (row, set) => (
            <>
              {line(t.placeTo, String(row.to), (v) => set({ ...row, to: Number(v.replace(/\D/g, '')) || 1 }))}
              {line(t.stepPoints, row.points, (points) => set({ ...row, points }))}
            </>
          ),
        )}
      {method.kind === 'bands' &&
        rows(
          t.bands,
          method.bands,
          (bands) => onChange({ ...method, bands }),
          { from: '0', points: '0' },
          (row, set) => (
            <>
              {line(t.from, row.from, (from) => set({ ...row, from }))}
              {line(t.stepPoints, row.points, (points) => set({ ...row, points }))}
            </>
          ),
        )}
      {method.kind === 'counts' &&
        rows(
          t.lines,
          method.lines,
          (lines) => onChange({ ...method, lines }),
          { label: { ...words, zh: '事项' }, of, points: '1', most: null },
          (row, set) => (
            <>
              {line(t.label, row.label.zh, (zh) => set({ ...row, label: { ...row.label, zh } }))}
              {line(t.of, row.of, (v) => set({ ...row, of: v }))}
              {line(t.perOne, row.points, (points) => set({ ...row, points }))}
              {line(t.mostCount, row.most ?? '', (v) => set({ ...row, most: v === '' ? null : v }), t.bonusHint)}
            </>
          ),
        )}
    </div>
  );
}
