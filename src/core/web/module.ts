import type { ReactNode } from 'react';
import type { RouteObject } from 'react-router';
import type { Contract } from '../shared/contract.ts';
import type { Words } from '../shared/words.ts';

/** What a route may tell the shell, in react-router's `handle`. */
export interface PageHandle {
  /** Tab title until the page sets a better one with `usePageTitle`. */
  title?: Words;
  /** Without it the page says that the right is missing instead of failing on its first request. */
  permission?: string;
  /** No header, no navigation, no sign-in needed: sign-in and first-run pages. */
  bare?: boolean;
}

/** A route under the shell. Pages load when opened: `lazy: async () => ({ Component: (await import('./Page.tsx')).Page })`. */
export type WebRoute = RouteObject & { handle?: PageHandle };

export interface NavItem {
  path: string;
  label: Words;
  /** Its group and place in it: below 30 projects, 30 matters and meetings, 40 dispatch, 60 overview, 70 and above settings. */
  order: number;
  permission: string;
  /** A hook: the count at the right of the item (undefined or 0 shows nothing). */
  badge?: () => number | string | undefined;
  /** A page of another entry (the wall): opens as a plain link. */
  external?: boolean;
}

/** One module's part in a page of another. Both sides know only the slot's name and props, never each other's files. */
export interface SlotEntry {
  order: number;
  component: (props: never) => ReactNode;
  permission?: string;
}

/** Slots of the shell. Modules define their own as `<module>.<page>.<place>`, e.g. `projects.page.main`. */
export interface ShellSlots {
  /** Below the search box while typing: draws its own section of links. */
  'shell.search': { query: string };
  /** After the date in the header: “调休上班”, a holiday's name. */
  'shell.day': { today: string };
  /** After the day: “时序 73.7%”. */
  'shell.clock': { today: string };
  /** More lines in the user menu's page `/account`. */
  'shell.account': Record<never, never>;
}

export interface WebModule {
  contract: Contract;
  routes: readonly WebRoute[];
  nav: readonly NavItem[];
  slots: Readonly<Record<string, readonly SlotEntry[]>>;
}

export const defineWebModule = (
  contract: Contract,
  rest: { routes?: readonly WebRoute[]; nav?: readonly NavItem[]; slots?: Record<string, readonly SlotEntry[]> },
): WebModule => ({ contract, routes: rest.routes ?? [], nav: rest.nav ?? [], slots: rest.slots ?? {} });
