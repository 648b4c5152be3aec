import { z } from 'zod';
import { languages } from '#core/shared/words.ts';
import { passwordLength } from './password.ts';

/** User names: lower case for everyone, so that nobody is kept out by a capital; Chinese ones are allowed. */
export const normalizeUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase();
export const Username = z
  .string()
  .transform(normalizeUsername)
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u));

/** What the form sends: judged by `passwordFaults`, bounded here only against abuse. */
export const PasswordText = z
  .string()
  .min(1)
  .max(passwordLength.most * 4);
export const CodeText = z.string().trim().min(1).max(40);
export const Day = z.iso.date();
export const Moment = z.iso.datetime();
export const WordsShape = z.object({ zh: z.string(), en: z.string() });

/** Limits of a session: unused this long, or this old, and it asks for the password again. */
export const sessionLimits = { idleHours: 8, absoluteDays: 7 } as const;

const Signed = z.object({
  account: z.object({
    id: z.uuid(),
    username: z.string(),
    name: z.string(),
    language: z.enum(languages).nullable(),
    mustChangePassword: z.boolean(),
    totp: z.boolean(),
  }),
  units: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
const City = z.object({ id: z.uuid(), name: z.string(), code: z.string(), demo: z.boolean() });

export const Me = z.object({
  account: Signed.shape.account.nullable(),
  units: Signed.shape.units,
  permissions: z.array(z.string()),
  city: City.nullable(),
  /** More than one city is in this installation: the sign-in page asks which. */
  cities: z.array(City.pick({ code: true, name: true })),
  /** The civil day on the product's clock, and whether a demonstration set it. */
  today: Day,
  demoClock: z.boolean(),
  /** Nobody has set this installation up yet. */
  setup: z.boolean(),
  oidc: z.object({ name: z.string() }).nullable(),
});
export type Me = z.infer<typeof Me>;

export const SignedIn = z.object({
  /** 'codeNeeded': name and password are right and the account also asks for a one-time code. */
  next: z.enum(['signedIn', 'codeNeeded']),
});

export const Session = z.object({
  id: z.uuid(),
  isCurrent: z.boolean(),
  createdAt: Moment,
  seenAt: Moment,
  expiresAt: Moment,
  address: z.string(),
  agent: z.string(),
  way: z.enum(['password', 'oidc']),
});
export type Session = z.infer<typeof Session>;

export const Totp = z.object({ isOn: z.boolean(), backupCodesLeft: z.number().int() });
/** What the authenticator app needs, as text and as the address a QR code carries. */
export const TotpDraft = z.object({ secret: z.string(), uri: z.string() });
export const BackupCodes = z.object({ backupCodes: z.array(z.string()) });

export const GrantReach = z.enum(['city', 'unit', 'projects']);
export type GrantReach = z.infer<typeof GrantReach>;

export const Grant = z.object({
  id: z.uuid(),
  /** The post it belongs to; null when it was given to the account itself. */
  post: z.object({ id: z.uuid(), title: z.string(), unitName: z.string() }).nullable(),
  role: z.string(),
  roleWords: WordsShape,
  reach: GrantReach,
  unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  projectIds: z.array(z.uuid()),
  validFrom: Day,
  validTo: Day.nullable(),
  isInForce: z.boolean(),
});
export type Grant = z.infer<typeof Grant>;

export const accountEvents = ['reset', 'lock', 'unlock', 'clearTotp', 'grant', 'linkExternal'] as const;

export const AccountRow = z.object({
  id: z.uuid(),
  username: z.string(),
  personId: z.uuid(),
  personName: z.string(),
  posts: z.array(z.object({ id: z.uuid(), title: z.string(), unitId: z.uuid(), unitName: z.string() })),
  roles: z.array(WordsShape),
  isLocked: z.boolean(),
  /** Too many wrong passwords: sign-in opens again at this moment. */
  waitUntil: Moment.nullable(),
  mustChangePassword: z.boolean(),
  totp: z.boolean(),
  seenAt: Moment.nullable(),
});
export type AccountRow = z.infer<typeof AccountRow>;

export const Account = AccountRow.extend({
  grants: z.array(Grant),
  sessions: z.array(Session),
  externalLogins: z.array(z.object({ id: z.uuid(), issuer: z.string(), subject: z.string(), linkedAt: Moment })),
  events: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      data: z.record(z.string(), z.unknown()),
      byName: z.string(),
      at: Moment,
    }),
  ),
  allowed: z.array(z.enum(accountEvents)),
});
export type Account = z.infer<typeof Account>;

export const Role = z.object({
  /** A shipped role's name, or the id of the city's own role. */
  role: z.string(),
  words: WordsShape,
  isShipped: z.boolean(),
  permissions: z.array(z.string()),
  defaultReach: GrantReach,
  /** Accounts that hold it now. */
  holders: z.number().int(),
  /** May the caller give it to somebody (in the whole city)? May the caller change it? */
  allowed: z.array(z.enum(['give', 'change', 'retire'])),
});
export type Role = z.infer<typeof Role>;
