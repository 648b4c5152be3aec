import { z } from 'zod';
import { audited } from '#core/server/audit.ts';
import { invalid } from '#core/server/errors.ts';
import { claimFile, readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { ranksOf, summaryOf } from '#modules/dispatch/server/public.ts';
import { areasOf, type MapSystem, type PlainArea } from '../boundary.ts';
import { type Boundary, wall } from '../contract.ts';
import {
  findBoundary,
  findCycle,
  getCity,
  insertBoundary,
  listAttention,
  listLatest,
  listPoints,
  unitsByAreaName,
} from './store.ts';

export default defineServerModule(wall, {
  handlers: {
    screen: async (scope) => ({
      city: await getCity(scope),
      madeAt: scope.now.toISOString(),
      today: scope.today,
      summary: await summaryOf(scope, { permission: 'wall.read' }),
      lastMonthRanks: await lastMonthRanks(scope),
      points: await listPoints(scope),
      attention: await listAttention(scope),
      latest: await listLatest(scope),
      cycle: await findCycle(scope),
    }),

    boundary: async (scope) => {
      const found = await findBoundary(scope);
      return found ? present(scope, found) : null;
    },

    setBoundary: async (scope, { fileId, system, source, approvalNo }) => {
      await claimFile(scope, fileId);
      const areas = read(await readFileBytes(scope, fileId), system);
      const boundary = { areas, source, approvalNo };
      const id = await insertBoundary(scope, boundary);
      audited(scope, {
        subject: 'wall.boundary',
        id,
        after: { source, approvalNo, system, areas: areas.map((a) => a.name) },
      });
      return present(scope, boundary);
    },
  },
});

/** Where each command post stood at the end of last month; January looks at nothing, since a new year starts at nought. */
async function lastMonthRanks(scope: Scope): Promise<Record<string, number>> {
  if (scope.today.slice(5, 7) === '01') return {};
  const day = addDays(`${scope.today.slice(0, 7)}-01`, -1);
  return Object.fromEntries(await ranksOf(scope, 'command', { day, permission: 'wall.read' }));
}

async function present(
  scope: Scope,
  boundary: { areas: PlainArea[]; source: string; approvalNo: string | null },
): Promise<Boundary> {
  const units = await unitsByAreaName(scope);
  return { ...boundary, areas: boundary.areas.map((area) => ({ ...area, unitId: units.get(area.name) ?? null })) };
}

function read(bytes: Uint8Array, system: MapSystem): PlainArea[] {
  try {
    return areasOf(JSON.parse(new TextDecoder().decode(bytes)), system);
  } catch (error) {
    const where = error instanceof z.ZodError ? `（${error.issues[0]!.path.join('.')}）` : '';
    throw invalid(
      'boundary_unreadable',
      {
        zh: `这不是县区边界文件${where}：需要 GeoJSON FeatureCollection，每个面有 properties.name`,
        en: 'Not a boundary file: a GeoJSON FeatureCollection of polygons, each with properties.name, is needed',
      },
      'fileId',
    );
  }
}
