import { z } from 'zod';
import { Content } from './draft.ts';
import { Format, Query } from './query.ts';
import { Template, templateCodes } from './template.ts';

export const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });

/** The files of a release. */
export const products = ['word', 'pdf', 'tableWord', 'tablePdf', 'workbook', 'slides'] as const;
export type Product = (typeof products)[number];
export const publicationStates = ['draft', 'releasing', 'released', 'discarded'] as const;
export type PublicationState = (typeof publicationStates)[number];

export const PublicationRow = z.object({
  id: z.uuid(),
  template: z.enum(templateCodes),
  templateName: words,
  period: Period,
  issue: z.int(),
  state: z.enum(publicationStates),
  title: z.string(),
  number: z.string().nullable(),
  editionVersion: z.int(),
  /** A newer edition is sealed: the draft rests on old figures, or the bulletin waits to be put right. */
  newestEdition: z.int(),
  note: z.string().nullable(),
  replacesId: z.uuid().nullable(),
  replacedById: z.uuid().nullable(),
  problem: z.string().nullable(),
  editedAt: moment,
  editedByName: z.string(),
  releasedAt: moment.nullable(),
  releasedByName: z.string().nullable(),
});
export type PublicationRow = z.infer<typeof PublicationRow>;

export const Change = z.object({
  place: z.string(),
  field: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});

export const WarningShape = z.object({
  blockId: z.string(),
  sentenceId: z.string(),
  kind: z.enum(['typed', 'missing', 'empty']),
  text: z.string(),
});

export const Publication = PublicationRow.extend({
  content: Content,
  draftVersion: z.int(),
  /** Of every reference in the text, by `keyOf`; null: the edition has no such figure. */
  answers: z.record(z.string(), z.string().nullable()),
  warnings: z.array(WarningShape),
  edition: z.object({ id: z.uuid(), version: z.int(), hash: z.string(), day: z.iso.date() }),
  issuer: z.string(),
  /** Of a second issue: what the edition says otherwise than the one before. */
  changes: z.array(Change),
  files: z.array(z.object({ product: z.enum(products), id: z.string(), name: z.string(), size: z.int() })),
  events: z.array(z.object({ kind: z.string(), byName: z.string(), at: moment, note: z.string().nullable() })),
  allowed: z.array(z.enum(['save', 'release', 'refresh', 'rewrite', 'discard', 'restate'])),
});
export type Publication = z.infer<typeof Publication>;

export const Answered = z.object({
  text: z.string().nullable(),
  says: words,
  /** Numerator and denominator, as printed; empty where there are none. */
  sum: z.string(),
  period: Period,
  editionVersion: z.int(),
  editionHash: z.string(),
  day: z.iso.date(),
  columns: z.array(z.object({ key: z.string(), words })),
  total: z.int(),
  rows: z.array(
    z.object({ key: z.string(), name: z.string(), projectId: z.uuid().nullable(), cells: z.array(z.string()) }),
  ),
});
export type Answered = z.infer<typeof Answered>;

export const Offered = z.object({
  code: z.string(),
  group: z.string(),
  words,
  query: Query,
  format: Format,
  text: z.string().nullable(),
});
export type Offered = z.infer<typeof Offered>;

/** One screen for a leader: big numbers, then what is red. */
export const Phone = z.object({
  title: z.string(),
  period: Period,
  day: z.iso.date(),
  issue: z.int(),
  state: z.enum(publicationStates),
  figures: z.array(z.object({ code: z.string(), words, text: z.string(), tone: z.enum(['plain', 'good', 'bad']) })),
  lights: z.record(z.string(), z.int()),
  clock: z.string(),
  behind: z.array(z.object({ name: z.string(), rate: z.string(), gap: z.string() })),
  late: z.array(
    z.object({ id: z.string(), name: z.string(), county: z.string(), gap: z.string(), problem: z.string() }),
  ),
  lateCount: z.int(),
  overdue: z.int(),
  next: z.array(z.string()),
  hasDemo: z.boolean(),
});
export type Phone = z.infer<typeof Phone>;

export const TemplateRow = z.object({
  code: z.enum(templateCodes),
  version: z.int(),
  template: Template,
  versions: z.array(z.object({ version: z.int(), reason: z.string(), byName: z.string(), at: moment })),
});
export type TemplateRow = z.infer<typeof TemplateRow>;
