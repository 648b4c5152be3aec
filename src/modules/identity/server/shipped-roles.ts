import type { Contract, Permission, ShippedRole } from '#core/shared/contract.ts';
import { shippedRoles } from '#core/shared/contract.ts';
import type { Words } from '#core/shared/words.ts';
// The one place where a module looks at all of them: what a shipped role may do is said by every module's contract.
import * as registry from '../../../registry.ts';
import { permissionsOfShipped } from '../authority.ts';

export const shippedRoleWords: Record<ShippedRole, Words> = {
  admin: { zh: '系统管理员', en: 'System administrator' },
  leader: { zh: '总指挥部领导', en: 'Headquarters leader' },
  office: { zh: '总指挥部办公室', en: 'Headquarters office' },
  commandPost: { zh: '协调指挥部', en: 'Command post' },
  responsibleUnit: { zh: '责任单位', en: 'Responsible unit' },
  filer: { zh: '项目单位填报员', en: 'Filer of a project unit' },
  inspector: { zh: '督查员', en: 'Inspector' },
  public: { zh: '公众（无登录）', en: 'Public, not signed in' },
};

const contracts = (): Contract[] => Object.values(registry as Record<string, Contract>);
const known = new Map<ShippedRole, readonly string[]>();

export const isShippedRole = (role: string): role is ShippedRole => (shippedRoles as readonly string[]).includes(role);

/** Fixed while the program runs: contracts are code. */
export function shippedPermissions(role: ShippedRole): readonly string[] {
  const permissions = known.get(role) ?? permissionsOfShipped(contracts(), role);
  known.set(role, permissions);
  return permissions;
}

/** Every permission there is, with its module's title and its words. */
export const allPermissions = (): { permission: string; module: Words; words: Words }[] =>
  contracts().flatMap(({ title, permissions }) =>
    Object.entries<Permission>(permissions).map(([permission, { words }]) => ({ permission, module: title, words })),
  );
