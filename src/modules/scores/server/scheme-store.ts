import type { Scope } from '#core/server/scope.ts';

export const listSchemes = async (_scope: Scope, _year: number | undefined) => ({ years: [], schemes: [] });
