import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { bondUse, lastUseDay, worstLight } from '../bond-use.ts';
import type { BondAllotment, BondShown, Bonds } from '../shapes.ts';
import { listBonds, listBondUses, type UseRow } from './bond-store.ts';

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

export const usageOf = ({ issuedOn, allottedYuan, usedYuan }: UseRow, day: Day) => {
  const { expectedYuan, idleYuan, light } = bondUse({ issuedOn, allottedYuan, usedYuan, day });
  return { allottedYuan, usedYuan, expectedYuan, idleYuan, light };
};

/**
 * Every issue with its projects on a day. Who does not see the whole city sees the issues that reach their projects, and
 * of those only their own part.
 */
export async function bondsOf(scope: Scope, day: Day): Promise<Bonds> {
  const uses = await listBondUses(scope, day);
  const all = scope.reach('funding.read').all;
  const bonds = (await listBonds(scope)).filter(
    (bond) => bond.issuedOn <= day && (all || uses.some((use) => use.bondId === bond.id)),
  );
  const shown = bonds.map((bond): BondShown => {
    const allotments = uses
      .filter((use) => use.bondId === bond.id)
      .map(
        (use): BondAllotment => ({
          projectId: use.projectId,
          projectName: use.projectName,
          demo: use.demo,
          allottedOn: use.allottedOn,
          document: use.document,
          ...usageOf(use, day),
        }),
      )
      .sort((a, b) => b.idleYuan - a.idleYuan);
    return {
      id: bond.id,
      name: bond.name,
      code: bond.code,
      yuan: bond.yuan,
      issuedOn: bond.issuedOn,
      termYears: bond.termYears,
      ratePercent: bond.ratePercent,
      note: bond.note,
      version: bond.version,
      demo: bond.demo,
      useBy: lastUseDay(bond.issuedOn),
      ...partOf(bond.issuedOn, allotments, day),
      allotments,
    };
  });
  return {
    day,
    bonds: shown,
    totals: {
      allottedYuan: sum(shown, (b) => b.allottedYuan),
      usedYuan: sum(shown, (b) => b.usedYuan),
      expectedYuan: sum(shown, (b) => b.expectedYuan),
      idleYuan: sum(shown, (b) => b.idleYuan),
    },
    allowed: scope.can('funding.configure') ? ['edit'] : [],
  };
}

/** An issue by the rule itself, over all that was allotted of it; its idle money is that of each project. */
function partOf(issuedOn: Day, allotments: readonly BondAllotment[], day: Day) {
  const allottedYuan = sum(allotments, (a) => a.allottedYuan);
  const usedYuan = sum(allotments, (a) => a.usedYuan);
  const { expectedYuan, light } = bondUse({ issuedOn, allottedYuan, usedYuan, day });
  return { allottedYuan, usedYuan, expectedYuan, light, idleYuan: sum(allotments, (a) => a.idleYuan) };
}

/** The worst lamp of each project's bonds today; projects without bonds are left out. */
export async function bondLights(scope: Scope, projectIds: readonly string[], day: Day) {
  const lights = new Map<string, BondAllotment['light'][]>();
  for (const use of await listBondUses(scope, day, { projectIds }))
    lights.set(use.projectId, [...(lights.get(use.projectId) ?? []), usageOf(use, day).light]);
  return new Map([...lights].map(([id, of]) => [id, worstLight(of)!]));
}
