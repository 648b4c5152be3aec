import type { Words } from '#core/shared/words.ts';
import { isShippedRole, shippedRoleWords } from './shipped-roles.ts';

/** A role's name on a screen: shipped ones in both languages, the city's own as it was named. */
export const wordsOfRole = (role: string, ownName: string | null): Words =>
  isShippedRole(role) ? shippedRoleWords[role] : { zh: ownName ?? role, en: ownName ?? role };
