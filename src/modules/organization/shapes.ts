import { z } from 'zod';
import { regionCodePattern, regionKinds } from './region.ts';
import { unitKinds } from './unit-kind.ts';

export const Day = z.iso.date();
/** Why: kept with the change and shown in the history. */
const Reason = z.string().trim().min(1).max(300);
const Version = z.coerce.number().int().positive();

export const UnitKind = z.enum(unitKinds);
export const UnitName = z.object({ id: z.uuid(), name: z.string(), shortName: z.string().nullable(), kind: UnitKind });
export type UnitName = z.infer<typeof UnitName>;

export const TreeUnit = UnitName.extend({
  parentId: z.uuid().nullable(),
  /** First letters of the pinyin of its names, for a search on the page. */
  initials: z.string(),
  /** On the day asked for; 'ended' and 'planned' only when retired units are asked for. */
  state: z.enum(['valid', 'ended', 'planned']),
  /** Whether the caller may open the unit: outside their reach only this line is theirs to read. */
  canOpen: z.boolean(),
});
export type TreeUnit = z.infer<typeof TreeUnit>;

export const postActions = ['change', 'end'] as const;
export const Post = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  title: z.string(),
  leaderOrder: z.number().int().nullable(),
  duties: z.string().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
  state: z.enum(['valid', 'ended', 'planned']),
  /** Missing (not null) for those who may not read contacts. */
  phone: z.string().nullable().optional(),
  allowed: z.array(z.enum(postActions)),
});
export type Post = z.infer<typeof Post>;

export const unitActions = ['change', 'move', 'retire', 'restore', 'merge', 'addChild', 'addPost'] as const;
export type UnitAction = (typeof unitActions)[number];

export const Unit = UnitName.extend({
  version: z.number().int(),
  path: z.array(UnitName),
  regionCode: z.string().nullable(),
  regionName: z.string().nullable(),
  creditCode: z.string().nullable(),
  /** Why a code that fails its check character is kept all the same. */
  creditCodeReason: z.string().nullable(),
  creditCodeHolds: z.boolean().nullable(),
  aliases: z.array(z.string()),
  position: z.number().int(),
  note: z.string().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
  state: z.enum(['valid', 'ended', 'planned']),
  successor: UnitName.nullable(),
  predecessors: z.array(UnitName),
  children: z.array(TreeUnit),
  posts: z.array(Post),
  counts: z.object({ children: z.number().int(), below: z.number().int(), people: z.number().int() }),
  allowed: z.array(z.enum(unitActions)),
});
export type Unit = z.infer<typeof Unit>;

const UnitFacts = z.object({
  name: z.string().trim().min(1).max(100),
  shortName: z.string().trim().max(40).nullable().optional(),
  kind: UnitKind,
  regionCode: z.string().regex(regionCodePattern).nullable().optional(),
  creditCode: z.string().trim().max(40).nullable().optional(),
  creditCodeReason: z.string().trim().max(300).nullable().optional(),
  aliases: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
  position: z.number().int().min(0).max(9999).optional(),
  note: z.string().trim().max(500).nullable().optional(),
});

export const NewUnit = UnitFacts.extend({
  parentId: z.uuid(),
  validFrom: Day,
  validTo: Day.nullable().optional(),
  reason: Reason.optional(),
});
export type NewUnit = z.infer<typeof NewUnit>;

export const UnitChange = UnitFacts.partial().extend({
  id: z.uuid(),
  version: Version,
  /** The day from which the new facts are true; today when missing. */
  effectiveFrom: Day.optional(),
  /** True when the old facts were never right: the new ones count from the day the old ones counted. */
  correction: z.boolean().optional(),
  validFrom: Day.optional(),
  reason: Reason,
});
export type UnitChange = z.infer<typeof UnitChange>;

export const UnitMove = z.object({
  id: z.uuid(),
  version: Version,
  parentId: z.uuid(),
  effectiveFrom: Day.optional(),
  reason: Reason,
});
export const UnitRetirement = z.object({ id: z.uuid(), version: Version, validTo: Day, reason: Reason });
export const UnitMerger = UnitRetirement.extend({ successorId: z.uuid() });
export const UnitRestoration = z.object({ id: z.uuid(), version: Version, reason: Reason });

export const Change = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** The day from which it is true. */
  onDay: Day,
  action: z.string(),
  actorName: z.string(),
  reason: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type Change = z.infer<typeof Change>;

export const personActions = ['change', 'addPost'] as const;
export const PersonName = z.object({
  id: z.uuid(),
  name: z.string(),
  validFrom: Day,
  validTo: Day.nullable(),
  /** Posts in units that the caller may read. */
  posts: z.array(Post),
});
export type PersonName = z.infer<typeof PersonName>;
export const Person = PersonName.extend({
  version: z.number().int(),
  note: z.string().nullable(),
  phone: z.string().nullable().optional(),
  history: z.array(Change),
  allowed: z.array(z.enum(personActions)),
});
export type Person = z.infer<typeof Person>;

const PostFacts = z.object({
  title: z.string().trim().min(1).max(60),
  leaderOrder: z.number().int().min(1).max(999).nullable().optional(),
  duties: z.string().trim().max(300).nullable().optional(),
  validFrom: Day,
  validTo: Day.nullable().optional(),
});
const Phone = z
  .string()
  .trim()
  .regex(/^[+\d][\d\s()#转-]{2,38}$/u)
  .nullable();

/** A person comes with a first post: a person in no unit would be in nobody's reach. */
export const NewPerson = z.object({
  name: z.string().trim().min(1).max(50),
  phone: Phone.optional(),
  note: z.string().trim().max(300).nullable().optional(),
  post: PostFacts.extend({ unitId: z.uuid() }),
});
export type NewPerson = z.infer<typeof NewPerson>;
export const PersonChange = z.object({
  id: z.uuid(),
  version: Version,
  name: z.string().trim().min(1).max(50).optional(),
  /** Only from those who may read contacts: nobody overwrites what they cannot see. */
  phone: Phone.optional(),
  note: z.string().trim().max(300).nullable().optional(),
  validTo: Day.nullable().optional(),
  reason: Reason,
});
export const NewPost = PostFacts.extend({ personId: z.uuid(), unitId: z.uuid() });
export const PostChange = PostFacts.partial().extend({ id: z.uuid(), reason: Reason });
export const PostEnd = z.object({ id: z.uuid(), validTo: Day, reason: Reason });

export const Region = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  aliases: z.array(z.string()),
  kind: z.enum(regionKinds),
  parentCode: z.string().nullable(),
  editionYear: z.number().int(),
  source: z.string().nullable(),
  position: z.number().int(),
  validTo: Day.nullable(),
});
export type Region = z.infer<typeof Region>;
export const RegionFacts = z.object({
  code: z.string().trim().regex(regionCodePattern),
  name: z.string().trim().min(1).max(60),
  shortName: z.string().trim().max(30).nullable().optional(),
  aliases: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  kind: z.enum(regionKinds),
  parentCode: z.string().nullable().optional(),
  editionYear: z.number().int().min(1980).max(2100),
  source: z.string().trim().max(200).nullable().optional(),
  position: z.number().int().min(0).max(9999).optional(),
  validTo: Day.nullable().optional(),
});
export type RegionFacts = z.infer<typeof RegionFacts>;
