import { bookOf, IndicatorFault, type KnownMeasure } from '../book.ts';
import { Definition } from '../definition.ts';
import { unitOf } from '../formula-unit.ts';

export const emptyDefinition: Definition = {
  code: '',
  name: { zh: '', en: '' },
  formula: '',
  unit: 'percent',
  decimals: 2,
  direction: 'up',
  caliber: { zh: '', en: '' },
  basis: '',
};

export type DraftReading =
  | { state: 'empty' }
  | { state: 'good'; dimension: (typeof unitOf)[Definition['unit']] }
  | { state: 'faulty'; fault: IndicatorFault; isOwn: boolean };

/** What the server will say about the draft, said while it is typed. `code` is null for a new one. */
export function readDraft(
  draft: Definition,
  code: string | null,
  others: readonly Definition[],
  measures: readonly KnownMeasure[],
): DraftReading {
  if (draft.formula.trim() === '') return { state: 'empty' };
  // Two drafts without a name are no clash; a place no name can have stands for it.
  const named = { ...draft, code: draft.code || ' code', name: { ...draft.name, zh: draft.name.zh || ' name' } };
  const all = code === null ? [...others, named] : others.map((d) => (d.code === code ? named : d));
  try {
    bookOf(all, measures);
    return { state: 'good', dimension: unitOf[draft.unit] };
  } catch (fault) {
    if (!(fault instanceof IndicatorFault)) throw fault;
    return { state: 'faulty', fault, isOwn: fault.indicator === named.code };
  }
}

/** The draft as something to work out, although its names are not written yet. */
export const trialOf = (draft: Definition): Definition => ({
  ...draft,
  code: Definition.shape.code.safeParse(draft.code).success ? draft.code : 'trial',
  name: { ...draft.name, zh: Definition.shape.name.shape.zh.safeParse(draft.name.zh).success ? draft.name.zh : '试算' },
  caliber: { ...draft.caliber, zh: draft.caliber.zh.trim() || '试算' },
});
