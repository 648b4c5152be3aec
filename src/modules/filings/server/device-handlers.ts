import type { Scope } from '#core/server/scope.ts';
import type { Filing } from '../contract.ts';
import type { FilingState } from '../flow.ts';
import type { Period } from '../period.ts';
import { listCycles } from './cycle-store.ts';
import { showPresence } from './presence.ts';
import { presentFiling } from './present.ts';
import { listFilings } from './store.ts';

/** As many as one person files; an office that sees the whole city works at a desk. */
const most = 60;
const open: readonly FilingState[] = ['returned', 'draft', 'checked', 'opened'];

export const deviceHandlers = {
  /** What a filer's phone takes along: the open filings of the month, those begun or returned first. */
  mineWhole: async (scope: Scope, { period }: { period?: Period | undefined }): Promise<Filing[]> => {
    const asked = period ?? (await listCycles(scope, 1))[0]?.period;
    if (asked === undefined) return [];
    const rows = await listFilings(scope, 'filings.file', { period: asked, states: open });
    rows.sort((a, b) => open.indexOf(a.state) - open.indexOf(b.state));
    const filings: Filing[] = [];
    for (const row of rows.slice(0, most)) filings.push(await presentFiling(scope, row));
    return filings;
  },

  showPresence,
};
