import { nameKey } from './label.ts';

/** What a ledger names a unit as. */
export type UnitUse = 'owner' | 'lead' | 'command' | 'county';

export const unitKey = (use: UnitUse, name: string): string => `${use} ${nameKey(name)}`;
