import type { Language } from '#core/shared/words.ts';
import { count, yiWithUnit } from '#core/web/ui/format.ts';
import type { Proposal } from '../contract.ts';
import type * as text from './text.ts';

/** What would be accepted, as pairs of name and value; ids are shown by the names behind them. */
export function valueLines({ values, names }: Proposal, t: typeof text.zh, language: Language): [string, string][] {
  const name = (id: string | null) => (id === null ? t.fields.none : (names[id] ?? t.fields.none));
  const f = t.fields;
  const lines: [string, string | null][] = (() => {
    switch (values.kind) {
      case 'requirement':
        return [
          [f.title, values.title],
          [f.lead, name(values.leadUnitId)],
          [f.co, values.coUnitIds.map((id) => name(id)).join('、') || null],
          [f.project, values.projectId && name(values.projectId)],
          [f.due, values.dueOn],
          [f.hedge, values.hedge],
        ];
      case 'promise':
        return [
          [f.project, values.projectId ? name(values.projectId) : `${values.projectName}（${t.unregistered}）`],
          [f.what, t.whats[values.what]],
          [f.by, values.by],
          [f.amount, values.amountYuan === null ? null : yiWithUnit(values.amountYuan, language)],
          [f.hedge, values.hedge],
          [f.speaker, values.speaker],
        ];
      case 'fact':
        return [
          [f.project, name(values.projectId)],
          [f.field, t.factFields[values.field]],
          [f.value, typeof values.value === 'number' ? `${count(values.value)}` : values.value],
        ];
      case 'name':
        return [
          [f.alias, values.alias],
          [f.means, values.registerId === null ? null : name(values.registerId)],
        ];
    }
  })();
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}
