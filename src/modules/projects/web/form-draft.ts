import { formatMoney, parseMoney } from '#core/shared/money.ts';
import type { Text } from '#core/shared/words.ts';
import { changesBetween } from '../changes.ts';
import type { BusinessDate, Project, ProjectFields } from '../contract.ts';
import { readDateText } from '../ledger/ledger-date.ts';
import { showDate } from './show.ts';
import type { zh } from './text.ts';

export const dateFields = ['startPlanned', 'startActual', 'finishPlanned', 'finishActual'] as const;
export const moneyFields = ['totalYuan', 'doneBeforeYuan'] as const;
type TextField = (typeof dateFields)[number] | (typeof moneyFields)[number] | 'enrolledOn' | 'lng' | 'lat' | 'planYuan';

/** What the form holds: finished fields, and as text what must first be read. Kept as a draft until saved. */
export interface FormDraft {
  /** The fields as the person found them: what differs from these is the person's change, and nothing else is. */
  base: ProjectFields;
  fields: ProjectFields;
  texts: Record<TextField, string>;
  goal: string;
  reason: string;
  document: string;
  /** The version that the person saw, so that a change made meanwhile by somebody else is noticed. */
  version: number;
}

export const yiText = (yuan: number | null): string =>
  yuan === null ? '' : formatMoney(yuan, '亿元', 8).replace(/\.?0+$/, '');

export function draftOf(fields: ProjectFields, version: number): FormDraft {
  return {
    base: fields,
    fields,
    texts: {
      startPlanned: showDate(fields.startPlanned),
      startActual: showDate(fields.startActual),
      finishPlanned: showDate(fields.finishPlanned),
      finishActual: showDate(fields.finishActual),
      totalYuan: yiText(fields.totalYuan),
      doneBeforeYuan: yiText(fields.doneBeforeYuan),
      enrolledOn: fields.enrolledOn ?? '',
      lng: fields.point ? String(fields.point.x) : '',
      lat: fields.point ? String(fields.point.y) : '',
      planYuan: '',
    },
    goal: '',
    reason: '',
    document: '',
    version,
  };
}

/** The entered part of a project that came with everything else. */
export function fieldsOfProject(project: Project, blank: ProjectFields): ProjectFields {
  const keys = Object.keys(blank) as (keyof ProjectFields)[];
  return Object.fromEntries(keys.map((key) => [key, project[key]])) as unknown as ProjectFields;
}

export interface DateEntry {
  date: BusinessDate | null;
  fault?: string;
}

/** Reads a date as people write it: 2021-09-26, 2021年9月, 2021年底, 三季度 with a year. Empty is no date. */
export function readDateEntry(entry: string, t: Text<typeof zh>): DateEntry {
  const read = readDateText(entry);
  if (read.kind === 'blank') return { date: null };
  if (read.kind !== 'date')
    return {
      date: null,
      fault: read.kind === 'problem' && read.problem === 'needsYear' ? t.dateNeedsYear : t.dateUnclear,
    };
  // Plain figures are the date itself; only words of another kind are worth keeping.
  const isPlain = /^[\d\-./]+$/.test(entry.trim());
  return { date: { ...read.date, text: isPlain ? null : entry.trim() } };
}

export interface MoneyEntry {
  yuan: number | null;
  fault?: string;
}

/** Reads an amount in 亿元 unless a unit is written. */
export function readMoneyEntry(entry: string, t: Text<typeof zh>): MoneyEntry {
  if (entry.trim() === '') return { yuan: null };
  const read = parseMoney(entry, '亿元');
  if (read.problem !== null)
    return { yuan: null, fault: read.problem === 'fractionOfYuan' ? t.moneyFraction : t.moneyBad };
  return read.yuan < 0 ? { yuan: null, fault: t.moneyBad } : { yuan: read.yuan };
}

export interface ReadDraft {
  fields: ProjectFields;
  planYuan: number | null;
  /** Field → what is wrong with its text. */
  faults: Partial<Record<string, string>>;
}

/** The form's texts turned into fields; what cannot be read is named, never guessed. */
export function readDraft(draft: FormDraft, t: Text<typeof zh>): ReadDraft {
  const faults: Partial<Record<string, string>> = {};
  const fields: ProjectFields = { ...draft.fields, name: draft.fields.name.trim() };
  if (fields.name === '') faults.name = t.nameRequired;
  for (const field of dateFields) {
    const { date, fault } = readDateEntry(draft.texts[field], t);
    if (fault) faults[field] = fault;
    // A text that nobody touched keeps its date exactly, with the words of the source.
    fields[field] = draft.texts[field] === showDate(draft.fields[field]) ? draft.fields[field] : date;
  }
  for (const field of moneyFields) {
    const { yuan, fault } = readMoneyEntry(draft.texts[field], t);
    if (fault) faults[field] = fault;
    fields[field] = yuan;
  }
  const enrolledOn = readDateEntry(draft.texts.enrolledOn, t);
  if (enrolledOn.fault || (enrolledOn.date && enrolledOn.date.precision !== 'day')) faults.enrolledOn = t.dateUnclear;
  fields.enrolledOn = enrolledOn.date?.day ?? null;
  const { lng, lat } = draft.texts;
  if (lng.trim() === '' && lat.trim() === '') fields.point = null;
  else {
    const [x, y] = [Number(lng), Number(lat)];
    if (lng.trim() === '' || lat.trim() === '' || !Number.isFinite(x) || !Number.isFinite(y)) faults.point = t.required;
    else fields.point = { crs: draft.fields.point?.crs ?? 'WGS-84', x, y };
  }
  const plan = readMoneyEntry(draft.texts.planYuan, t);
  if (plan.fault) faults.planYuan = plan.fault;
  return { fields, planYuan: plan.yuan, faults };
}

/** The person's changes put on top of the newest state, when somebody else has changed the project meanwhile. */
export function rebased(draft: FormDraft, newest: ProjectFields, version: number, t: Text<typeof zh>): FormDraft {
  const fresh = draftOf(newest, version);
  const own = new Set(changesBetween(draft.base, readDraft(draft, t).fields).map((change) => change.field));
  const texts = { ...fresh.texts };
  const found = draftOf(draft.base, draft.version).texts;
  // A text that cannot be read yet is a change as well: it stays where the person left it.
  for (const key of Object.keys(texts) as TextField[])
    if (draft.texts[key] !== found[key]) texts[key] = draft.texts[key];
  const kept = Object.fromEntries(Object.entries(draft.fields).filter(([field]) => own.has(field)));
  return {
    ...draft,
    ...fresh,
    fields: { ...newest, ...kept },
    texts,
    goal: draft.goal,
    reason: draft.reason,
    document: draft.document,
  };
}
