import type { Day } from '#core/shared/day.ts';
import type { MatterKind, MatterLevel, SourceKind, Urgency } from '../kinds.ts';
import type { Details, MatterInput, MatterView } from '../shapes.ts';
import type { Named } from './UnitPick.tsx';

type What = Extract<Details, { kind: 'commitment' }>['what'];

/** A matter as it is being typed: texts, so that nothing half-typed is lost; fields of every kind, so that a wrong card costs nothing. */
export interface MatterDraft {
  kind: MatterKind;
  title: string;
  body: string;
  category: string;
  urgency: Urgency;
  sourceKind: SourceKind;
  sourceTitle: string;
  sourceRef: string;
  sourceOn: Day | null;
  project: Named | null;
  lead: Named | null;
  leader: Named | null;
  handlerName: string;
  co: Named[];
  firms: Named[];
  watch: Named[];
  verifier: Named | null;
  level: MatterLevel | null;
  template: string;
  dueOn: Day | null;
  /** Fields of the kinds by name: `foundOn`, `place`, … */
  fields: Record<string, string>;
}

/** How a matter of a kind usually came about; the person may choose otherwise. */
const usualSource: Record<MatterKind, SourceKind> = {
  problem: 'self',
  task: 'document',
  instruction: 'leader',
  decision: 'meeting',
  finding: 'inspection',
  commitment: 'meeting',
};
const usualTemplate: Partial<Record<MatterKind, string>> = {
  instruction: 'city-instruction',
  decision: 'city-minutes',
};

export const emptyDraft = (kind: MatterKind, today: Day): MatterDraft => ({
  kind,
  title: '',
  body: '',
  category: 'other',
  urgency: 'normal',
  sourceKind: usualSource[kind],
  sourceTitle: '',
  sourceRef: '',
  sourceOn: today,
  project: null,
  lead: null,
  leader: null,
  handlerName: '',
  co: [],
  firms: [],
  watch: [],
  verifier: null,
  level: null,
  template: usualTemplate[kind] ?? 'plain',
  dueOn: null,
  fields: { foundOn: today, givenOn: today, heldOn: today, promisedOn: today, what: 'start' },
});

/** Another card: what is common stays, the usual source and rule of the new kind take the place of those of the old one. */
export const withKind = (draft: MatterDraft, kind: MatterKind): MatterDraft => ({
  ...draft,
  kind,
  sourceKind: draft.sourceKind === usualSource[draft.kind] ? usualSource[kind] : draft.sourceKind,
  template:
    draft.template === (usualTemplate[draft.kind] ?? 'plain') ? (usualTemplate[kind] ?? 'plain') : draft.template,
});

export function draftOf(matter: MatterView): MatterDraft {
  const units = (role: string) => matter.parties.filter((party) => party.role === role).map((party) => party.unit);
  const fields = Object.fromEntries(
    Object.entries(matter.details ?? {}).map(([key, value]) => [key, value === null ? '' : String(value)]),
  );
  if (matter.details?.kind === 'commitment' && matter.details.amountYuan !== null)
    fields.amountWan = String(matter.details.amountYuan / 10_000);
  return {
    kind: matter.kind,
    title: matter.title,
    body: matter.body,
    category: matter.category,
    urgency: matter.urgency,
    sourceKind: matter.source.kind,
    sourceTitle: matter.source.title ?? '',
    sourceRef: matter.source.ref ?? '',
    sourceOn: matter.source.on,
    project: matter.projectId ? { id: matter.projectId, name: matter.projectName ?? '' } : null,
    lead: matter.leadUnitId ? { id: matter.leadUnitId, name: matter.leadUnitName ?? '' } : null,
    leader: matter.leadLeaderId ? { id: matter.leadLeaderId, name: matter.leadLeaderName ?? '' } : null,
    handlerName: matter.handlerName ?? '',
    co: units('co'),
    firms: units('firm'),
    watch: units('watch'),
    verifier: matter.verifierUnit,
    level: matter.level,
    template: matter.template.code,
    dueOn: matter.dueCurrent,
    fields,
  };
}

const orNull = (words: string | undefined): string | null => words?.trim() || null;
const numberOrNull = (words: string | undefined): number | null => {
  const value = Number((words ?? '').trim().replaceAll(',', ''));
  return !words?.trim() || Number.isNaN(value) ? null : value;
};

/** The fields of the kind; null while one that the kind cannot do without is missing, which a draft may. */
export function detailsOf({ kind, fields: f }: Pick<MatterDraft, 'kind' | 'fields'>): Details | null {
  switch (kind) {
    case 'problem':
      return f.foundOn ? { kind, foundOn: f.foundOn, place: orNull(f.place), measures: orNull(f.measures) } : null;
    case 'task':
      return {
        kind,
        target: orNull(f.target),
        quantity: numberOrNull(f.quantity),
        quantityUnit: orNull(f.quantityUnit),
      };
    case 'instruction':
      return f.leaderName?.trim() && f.words?.trim() && f.givenOn
        ? {
            kind,
            leaderName: f.leaderName.trim(),
            givenOn: f.givenOn,
            words: f.words.trim(),
            documentNo: orNull(f.documentNo),
          }
        : null;
    case 'decision':
      return f.meeting?.trim() && f.heldOn
        ? { kind, meeting: f.meeting.trim(), heldOn: f.heldOn, itemNo: numberOrNull(f.itemNo) }
        : null;
    case 'finding':
      return f.inspection?.trim() && f.objectName?.trim() && f.foundOn
        ? {
            kind,
            foundOn: f.foundOn,
            inspection: f.inspection.trim(),
            groupName: orNull(f.groupName),
            objectName: f.objectName.trim(),
            objectCode: orNull(f.objectCode),
            measures: orNull(f.measures),
          }
        : null;
    case 'commitment': {
      const wan = numberOrNull(f.amountWan);
      return f.promisedBy?.trim() && f.promisedOn
        ? {
            kind,
            promisedBy: f.promisedBy.trim(),
            promisedOn: f.promisedOn,
            what: (f.what || 'other') as What,
            amountYuan: wan === null ? null : Math.round(wan * 10_000),
          }
        : null;
    }
  }
}

/** What is sent. The source of a decision or finding is named by its own field when nothing else was typed. */
export function inputOfDraft(draft: MatterDraft): MatterInput {
  const named = draft.sourceTitle.trim() || draft.fields.meeting || draft.fields.inspection || '';
  return {
    kind: draft.kind,
    track: 'assigned',
    title: draft.title.trim(),
    body: draft.body.trim(),
    category: draft.category,
    urgency: draft.urgency,
    source: {
      kind: draft.sourceKind,
      title: orNull(named),
      ref: orNull(draft.sourceRef),
      on: draft.sourceOn,
    },
    projectId: draft.project?.id ?? null,
    leadUnitId: draft.lead?.id ?? null,
    leadLeaderId: draft.leader?.id ?? null,
    handlerName: orNull(draft.handlerName),
    coUnitIds: draft.co.map((unit) => unit.id),
    watchUnitIds: draft.watch.map((unit) => unit.id),
    firmUnitIds: draft.firms.map((unit) => unit.id),
    verifierUnitId: draft.verifier?.id ?? null,
    ...(draft.level && { level: draft.level }),
    template: draft.template,
    dueOn: draft.dueOn,
    details: detailsOf(draft),
  };
}

/** The fields that a kind cannot do without, by name: a finding without the inspected firm is none. */
export const requiredFields: Record<MatterKind, readonly string[]> = {
  problem: ['foundOn'],
  task: [],
  instruction: ['leaderName', 'givenOn', 'words'],
  decision: ['meeting', 'heldOn'],
  finding: ['inspection', 'objectName', 'foundOn'],
  commitment: ['promisedBy', 'promisedOn'],
};

export const missingFields = ({ kind, fields }: Pick<MatterDraft, 'kind' | 'fields'>): string[] =>
  requiredFields[kind].filter((field) => !fields[field]?.trim());

/** Whether the verifier stands among those who do the work: refused by the server, so said before. */
export const isVerifierInside = ({ verifier, lead, co }: Pick<MatterDraft, 'verifier' | 'lead' | 'co'>): boolean =>
  verifier !== null && (verifier.id === lead?.id || co.some((unit) => unit.id === verifier.id));
