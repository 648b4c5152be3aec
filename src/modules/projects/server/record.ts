import { initialsOf } from '#core/server/initials.ts';
import type { BusinessDate, ProjectFields } from '../contract.ts';
import { wgs84Of } from '../place.ts';
import type { Precision } from '../stages.ts';
import type { ProjectTable } from './tables.ts';

/** The columns of a row that people enter, and those worked out from them. */
export type EnteredColumns = Omit<
  ProjectTable,
  'cityId' | 'id' | 'serial' | 'childCount' | 'doneBeforeYear' | 'version' | 'createdAt' | 'changedAt'
>;

type DateColumns<K extends string> = Record<K, string | null> &
  Record<`${K}Precision`, Precision | null> &
  Record<`${K}Text`, string | null>;

const spread = <K extends string>(key: K, date: BusinessDate | null): DateColumns<K> =>
  ({
    [key]: date?.day ?? null,
    [`${key}Precision`]: date?.precision ?? null,
    [`${key}Text`]: date?.text ?? null,
  }) as DateColumns<K>;

/** A date as it was entered, from its three columns. */
export const gather = (day: string | null, precision: Precision | null, text: string | null): BusinessDate | null =>
  day === null ? null : { day, precision: precision ?? 'day', text };

/** @throws RangeError when the point cannot lie in China; handlers check that before. */
export function toColumns(fields: ProjectFields): EnteredColumns {
  const { point, startPlanned, startActual, finishPlanned, finishActual, ...plain } = fields;
  const place = point && wgs84Of(point);
  if (place === undefined) throw new RangeError('The point lies outside China');
  return {
    ...plain,
    initials: initialsOf(fields.name),
    lng: place?.lng ?? null,
    lat: place?.lat ?? null,
    enteredCrs: point?.crs ?? null,
    enteredX: point?.x ?? null,
    enteredY: point?.y ?? null,
    ...spread('startPlanned', startPlanned),
    ...spread('startActual', startActual),
    ...spread('finishPlanned', finishPlanned),
    ...spread('finishActual', finishActual),
  };
}

export const toFields = (row: ProjectTable): ProjectFields => ({
  name: row.name,
  code: row.code,
  board: row.board,
  industry: row.industry,
  nature: row.nature,
  planKind: row.planKind,
  stage: row.stage,
  stageDates: row.stageDates,
  tiers: row.tiers,
  parentId: row.parentId,
  regionCode: row.regionCode,
  address: row.address,
  point: row.enteredCrs === null ? null : { crs: row.enteredCrs, x: row.enteredX!, y: row.enteredY! },
  content: row.content,
  startPlanned: gather(row.startPlanned, row.startPlannedPrecision, row.startPlannedText),
  startActual: gather(row.startActual, row.startActualPrecision, row.startActualText),
  finishPlanned: gather(row.finishPlanned, row.finishPlannedPrecision, row.finishPlannedText),
  finishActual: gather(row.finishActual, row.finishActualPrecision, row.finishActualText),
  totalYuan: row.totalYuan,
  doneBeforeYuan: row.doneBeforeYuan,
  funds: row.funds,
  ownerUnitId: row.ownerUnitId,
  ownerText: row.ownerText,
  leadUnitId: row.leadUnitId,
  leadText: row.leadText,
  commandUnitId: row.commandUnitId,
  countyUnitId: row.countyUnitId,
  responsibleName: row.responsibleName,
  responsiblePersonId: row.responsiblePersonId,
  leaderName: row.leaderName,
  leaderPersonId: row.leaderPersonId,
  contactName: row.contactName,
  contactPhone: row.contactPhone,
  enrolled: row.enrolled,
  enrolledOn: row.enrolledOn,
  enrolledCode: row.enrolledCode,
  source: row.source,
  demo: row.demo,
  remark: row.remark,
});

/** The units that are parties to a project: who may see it and who is told. */
export const partiesOf = (
  row: Pick<ProjectTable, 'ownerUnitId' | 'leadUnitId' | 'commandUnitId' | 'countyUnitId'>,
): string[] => [
  ...new Set([row.ownerUnitId, row.leadUnitId, row.commandUnitId, row.countyUnitId].filter((id) => id !== null)),
];

/** What a form or an import sent: fields left out and fields sent as undefined mean the same, “leave it”. */
export type Entered = { [K in keyof ProjectFields]?: ProjectFields[K] | undefined };

export const definedOf = (entered: Entered): Partial<ProjectFields> =>
  Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== undefined)) as Partial<ProjectFields>;
