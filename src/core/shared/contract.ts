import type { z } from 'zod';
import type { Words } from './words.ts';

/** The roles that ship with the product; a contract says which of them hold each of its permissions. */
export const shippedRoles = [
  'admin', // 系统管理员
  'leader', // 总指挥部领导
  'office', // 总指挥部办公室
  'commandPost', // 协调指挥部
  'responsibleUnit', // 责任单位
  'filer', // 项目单位填报员
  'inspector', // 督查员
  'public', // 公众(无登录)
] as const;
export type ShippedRole = (typeof shippedRoles)[number];

export interface Permission {
  words: Words;
  /** Shipped roles that hold it. A role's reach (whole city, its part of the tree, some projects) comes with the post. */
  roles: readonly ShippedRole[];
  /** What it allows touches everybody (a calendar, light rules): only a grant for the whole city gives it, one for a county does not. */
  isCityWide?: boolean;
}

/**
 * One HTTP endpoint, written once and read three times: the server routes it, the browser calls it,
 * and the API page prints it. `:name` parts of the path are fields of `input`.
 */
export interface Endpoint<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  /** A query reads and is a GET; a command writes, runs in one transaction and is audited; a download streams a file. */
  kind: 'query' | 'command' | 'download';
  path: `/${string}`;
  summary: Words;
  /** A permission of this contract, or 'signedIn' (any account), or 'anyone' (no account at all). */
  permission: string;
  input: I;
  output: O;
  /** A command whose input or answer holds a secret (a password, a code): no trace of it is kept for idempotent repetition. */
  secret?: boolean;
  /** A command that is a sign of life and no act (who has a page open): no audit row, no idempotent repetition. */
  quiet?: boolean;
}

type Body<I extends z.ZodObject, O extends z.ZodType> = Omit<Endpoint<I, O>, 'kind'>;

export const query = <const I extends z.ZodObject, const O extends z.ZodType>(e: Body<I, O>) =>
  ({ kind: 'query', ...e }) as const satisfies Endpoint<I, O>;
export const command = <const I extends z.ZodObject, const O extends z.ZodType>(e: Body<I, O>) =>
  ({ kind: 'command', ...e }) as const satisfies Endpoint<I, O>;
/** A file as the answer (an Excel export, a photo). The handler returns a `FileReply`; `output` is not used. */
export const download = <const I extends z.ZodObject, const O extends z.ZodType>(e: Body<I, O>) =>
  ({ kind: 'download', ...e }) as const satisfies Endpoint<I, O>;

export interface Contract {
  name: string;
  title: Words;
  /** Modules whose contract, public functions or views this one uses. */
  uses?: readonly string[];
  permissions: Record<string, Permission>;
  endpoints: Record<string, Endpoint>;
}

export const defineContract = <const C extends Contract>(contract: C): C => contract;

/** Contracts sorted so that each comes after those it uses; a circle or an unknown name stops the start. */
export function inOrder<C extends Contract>(contracts: readonly C[]): C[] {
  const sorted: C[] = [];
  const visit = (c: C, path: string[]): void => {
    if (sorted.includes(c)) return;
    if (path.includes(c.name)) throw new Error(`Modules use each other in a circle: ${[...path, c.name].join(' → ')}`);
    for (const name of c.uses ?? []) {
      const used = contracts.find((other) => other.name === name);
      if (!used) throw new Error(`${c.name} uses ${name}, which is not in the registry`);
      visit(used, [...path, c.name]);
    }
    sorted.push(c);
  };
  for (const c of contracts) visit(c, []);
  return sorted;
}

export type InputOf<E> = E extends { input: infer I extends z.ZodType } ? z.input<I> : never;
export type ParsedOf<E> = E extends { input: infer I extends z.ZodType } ? z.output<I> : never;
export type OutputOf<E> = E extends { output: infer O extends z.ZodType } ? z.output<O> : never;
