import { sql } from 'kysely';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { emptyContent, type FilingContent } from '../content.ts';
import { type Filing, filings } from '../contract.ts';
import { insertAcceptedFilings, openCycle } from './public.ts';

/** A city in September 2021 with the people of these stories: two in the office, a filer of county A and one of county B. */
export interface Story {
  city: TestCity;
  countyA: string;
  office: Caller;
  colleague: Caller;
  filer: Caller;
  stranger: Caller;
  /** A project of county A with a plan of 12,000 万元 and accepted months of 1,000 each; September is open. Its id. */
  hospital(name: string, more?: { start?: string | null; months?: number }): Promise<string>;
  september(projectId: string, who?: Caller): Promise<Filing>;
  /** Events of the project, in order. */
  told(projectId: string): Promise<{ topic: string; unitIds: string[]; data: Record<string, unknown> }[]>;
}

export const wan = (n: number): number => n * 10_000;

/** What a filer states for September: 1,200 万元 more than the 8,000 so far. */
export const statement = (content: Partial<FilingContent> = {}): FilingContent => ({
  ...emptyContent,
  monthYuan: wan(1_200),
  cumulativeYuan: wan(9_200),
  imageProgress: '九层完成',
  ...content,
});

export async function tellStory(): Promise<Story> {
  const city = await testCity({ today: '2021-09-24' });
  const countyA = newId();
  const filer = city.as({ role: 'filer', name: '赵琳', unitIds: [countyA] });
  return {
    city,
    countyA,
    filer,
    office: city.as({ role: 'office', name: '刘敏' }),
    colleague: city.as({ role: 'office', name: '陈立' }),
    stranger: city.as({ role: 'filer', name: '沈涛', unitIds: [newId()] }),
    hospital: (name, { start = '2020-05-01', months = 8 } = {}) =>
      city.system(async (scope) => {
        const [project] = await insertProjects(
          scope,
          [
            {
              name,
              ownerUnitId: countyA,
              totalYuan: wan(50_000),
              doneBeforeYuan: wan(6_000),
              stage: 'building',
              startActual: start === null ? null : { day: start, precision: 'day', text: null },
            },
          ],
          { kind: 'created' },
        );
        const projectId = project!.id;
        await setPlans(scope, [{ projectId, year: 2021, planYuan: wan(12_000), goal: null, curve: null }]);
        await insertAcceptedFilings(
          scope,
          Array.from({ length: months }, (_, i) => ({
            projectId,
            period: `2021-0${i + 1}`,
            monthYuan: wan(1_000),
            cumulativeYuan: wan(1_000 * (i + 1)),
            submittedAt: new Date(`2021-0${i + 1}-24T02:00:00Z`),
            submittedByName: '赵琳',
            acceptedAt: new Date(`2021-0${i + 1}-25T02:00:00Z`),
            acceptedByName: '刘敏',
            content: { imageProgress: `第 ${i + 1} 层完成` },
          })),
        );
        await openCycle(scope, '2021-09');
        return projectId;
      }),
    september: (projectId, who = filer) => who(filings).find({ projectId, period: '2021-09' }),
    told: (projectId) =>
      city.system(async (scope) => {
        const { rows } = await sql<{ topic: string; unitIds: string[]; data: Record<string, unknown> }>`
          select topic, unit_ids, data from core.outbox
          where project_id = ${projectId} and topic like 'filings.%' order by id`.execute(scope.db);
        return rows;
      }),
  };
}

export const onePixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (c) => c.charCodeAt(0),
);
