import { clockOf } from '#core/server/clock.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import type { Day } from '#core/shared/day.ts';
import { ensureUnit, insertPerson } from '#modules/organization/server/public.ts';
import { ledger } from '../../contract.ts';
import type { NewMatter } from '../new-matter.ts';

/** Two units with leaders, a verifier, a stranger, and the office: enough people for everything a list can be asked. */
export interface SmallLedger {
  city: TestCity;
  units: Record<'roads' | 'land' | 'water', string>;
  office: Caller;
  roads: Caller;
  land: Caller;
  /** Of a unit that is party to nothing. */
  stranger: Caller;
  inspector: Caller;
  /** Moves the clock of the product. */
  on(day: Day): void;
  /** Raised and issued by the office; answers its id. */
  issue(matter: Partial<NewMatter> & { title: string }): Promise<string>;
  /** The lead unit signs and claims with a document. */
  claim(id: string, by?: Caller): Promise<void>;
}

export async function smallLedger(today: Day = '2021-09-22'): Promise<SmallLedger> {
  const city = await testCity({ today });
  const units = await city.system(async (scope) => {
    const made: string[] = [];
    for (const name of ['市交通运输局', '市自然资源和规划局', '市水利局']) {
      const unit = await ensureUnit(scope, { name, kind: 'department' });
      await insertPerson(scope, { name: `${name}局长`, unitId: unit.id, title: '局长', leaderOrder: 1 });
      made.push(unit.id);
    }
    return { roads: made[0]!, land: made[1]!, water: made[2]! };
  });
  const office = city.as({ role: 'office', name: '总办' });
  const roads = city.as({ role: 'responsibleUnit', name: '路经办', unitIds: [units.roads] });
  return {
    city,
    units,
    office,
    roads,
    land: city.as({ role: 'responsibleUnit', name: '地经办', unitIds: [units.land] }),
    stranger: city.as({ role: 'commandPost', name: '外人', unitIds: [units.water] }),
    inspector: city.as({ role: 'inspector', name: '督查' }),
    on: (day) => {
      city.host.clock = clockOf(day);
    },
    issue: async (matter) => {
      const { id } = await office(ledger).raise({
        kind: 'task',
        source: { kind: 'document' },
        leadUnitId: units.roads,
        ...(matter as object),
        title: matter.title,
        issue: true,
      });
      return id;
    },
    claim: async (id, by = roads) => {
      const file = await by.upload('件.txt', new TextEncoder().encode(id));
      await by(ledger).sign({ ids: [id] });
      await by(ledger).claim({ id, text: '办结', evidence: [{ kind: 'document', fileId: file.id }] });
    },
  };
}
