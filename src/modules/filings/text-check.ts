import type { Words } from '#core/shared/words.ts';
import type { FilingContent, FilingField } from './content.ts';
import { type CycleKind, spanOf } from './period.ts';
import { check, type FilingFacts, type Hit, type Severity, severities } from './validation.ts';

/** What a form asks: its kind and its cells; null cells: everything its kind may ask. */
export interface AskedForm {
  kind: CycleKind;
  fields: readonly FilingField[] | null;
}

const names: Record<CycleKind, Words> = {
  weekly: { zh: '本周', en: 'this week' },
  halfMonthly: { zh: '本期', en: 'this half month' },
  monthly: { zh: '本月', en: 'this month' },
  quarterly: { zh: '本季', en: 'this quarter' },
};

interface TextRule {
  code: string;
  severity: Severity;
  field: FilingField;
  find: (content: FilingContent, facts: FilingFacts, kind: CycleKind) => Words | null;
}

/** Of the reports between the months: they carry no money, so there is little that can be wrong with them. */
const textRules: readonly TextRule[] = [
  {
    code: 'noProgress',
    severity: 'block',
    field: 'imageProgress',
    find: (c, _, kind) =>
      c.unchanged || c.imageProgress.trim() !== ''
        ? null
        : {
            zh: `形象进度没有填；没有变化请点“${names[kind].zh}无变化”并写一句说明`,
            en: `The image progress is empty; if nothing changed ${names[kind].en}, say “No change” and why`,
          },
  },
  {
    code: 'noNote',
    severity: 'block',
    field: 'note',
    find: (c, _, kind) =>
      c.unchanged && c.note.trim().length < 2
        ? {
            zh: `${names[kind].zh}无变化，请写一句说明`,
            en: `Nothing changed ${names[kind].en}: say in a sentence why`,
          }
        : null,
  },
  {
    code: 'sameImage',
    severity: 'inform',
    field: 'imageProgress',
    find: (c, f) =>
      !c.unchanged && c.imageProgress.trim() !== '' && c.imageProgress.trim() === f.lastImageProgress.trim()
        ? { zh: '形象进度与上一期相同', en: 'The image progress is as in the period before' }
        : null,
  },
  {
    code: 'oldPhoto',
    severity: 'inform',
    field: 'photos',
    find: (c, f) => {
      const from = Date.parse(`${spanOf(f.period).from}T00:00:00+08:00`);
      const old = c.photos.filter((p) => p.takenAt !== null && Date.parse(p.takenAt) < from).length;
      return old === 0
        ? null
        : {
            zh: `${old} 张照片拍摄早于本期`,
            en: `${old} photo${old === 1 ? ' was' : 's were'} taken before this period`,
          };
    },
  },
];

/**
 * All hits of a filing, worst first: a month by the city's rules, the other kinds by the few that texts need. A rule about
 * a cell that the form does not ask is silent; the sums of a month are always asked.
 */
export function checkForm({ kind, fields }: AskedForm, content: FilingContent, facts: FilingFacts): Hit[] {
  const isAsked = (field: FilingField) => fields === null || fields.includes(field);
  if (kind === 'monthly') return check(content, facts).filter((hit) => hit.severity === 'block' || isAsked(hit.field));
  const hits = textRules.flatMap(({ code, severity, field, find }): Hit[] => {
    const words = isAsked(field) || severity === 'block' ? find(content, facts, kind) : null;
    return words ? [{ rule: code, severity, field, words, explanation: null }] : [];
  });
  return hits.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** What is stored of a report between the months: no money, whatever a client sends. */
export const withoutMoney = (kind: CycleKind, content: FilingContent): FilingContent =>
  kind === 'monthly' ? content : { ...content, monthYuan: null, cumulativeYuan: null, cause: null, startedOn: null };
