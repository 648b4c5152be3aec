// Long because the mapping of one standard is read beside its documentation, from the first field to the last.
import type { Day } from '#core/shared/day.ts';
import { sectorsOf } from './sector.ts';

/**
 * Until the Open Contracting help desk gives the publisher a prefix, ids carry this placeholder; it is marked as one in
 * every package (dispatch handbook §6).
 */
export const placeholderPrefix = 'oc4ids-xxxxxx';
export const oc4idsVersion = '0.9';

export interface ContractFacts {
  id: string;
  title: string;
  code: string | null;
  nature: string;
  method: string | null;
  tenderedOn: Day | null;
  tenderers: number | null;
  estimateYuan: number | null;
  supplierName: string | null;
  supplierCode: string | null;
  signedOn: Day | null;
  valueYuan: number | null;
  currentYuan: number | null;
  startsOn: Day | null;
  endsOn: Day | null;
  status: 'pre-award' | 'active' | 'closed';
  modifications: readonly {
    id: string;
    kind: 'duration' | 'value' | 'scope';
    onDay: Day;
    deltaYuan: number | null;
    oldEnd: Day | null;
    newEnd: Day | null;
    rationale: string;
  }[];
  payments: readonly { id: string; onDay: Day; yuan: number }[];
}

/** One project as the platform knows it. Whole yuan; days of the business. */
export interface ProjectFacts {
  id: string;
  serial: number;
  name: string;
  code: string | null;
  content: string | null;
  nature: string | null;
  industry: string | null;
  stage: string;
  parentId: string | null;
  parentName: string | null;
  children: readonly { id: string; name: string }[];
  totalYuan: number | null;
  regionCode: string | null;
  regionName: string | null;
  address: string | null;
  lng: number | null;
  lat: number | null;
  startPlanned: Day | null;
  startActual: Day | null;
  finishPlanned: Day | null;
  finishActual: Day | null;
  ownerId: string | null;
  ownerName: string | null;
  leadId: string | null;
  leadName: string | null;
  /** The day each gate was passed. */
  reached: Partial<Record<string, Day>>;
  /** 项目总投资 and each later value, oldest first. */
  revisions: readonly { id: string; yuan: number; decidedOn: Day; document: string | null }[];
  plans: readonly { year: number; yuan: number | null; curve: readonly number[] | null }[];
  sources: readonly { year: number; source: string; label: string; plannedYuan: number | null }[];
  milestones: readonly { id: string; name: string; dueOn: Day | null; doneOn: Day | null }[];
  /** Accepted months, oldest first; cumulative from 1 January. */
  months: readonly { period: string; cumulativeYuan: number; imageProgress: string | null }[];
  arrivals: readonly { period: string; yuan: number }[];
  contracts: readonly ContractFacts[];
  changedAt: Date;
  demo: boolean;
}

/** The standard knows moments only; a day of the business is its first moment in Beijing. */
const moment = (day: Day): string => `${day}T00:00:00+08:00`;
const cny = (yuan: number) => ({ amount: yuan, currency: 'CNY' });
const lastDayOf = (period: string): Day =>
  new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** Leaves out what is not known: the standard has no empty strings, no empty lists and no nulls. */
function known<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, v]) =>
        v !== null &&
        v !== undefined &&
        v !== '' &&
        !(Array.isArray(v) && v.length === 0) &&
        !(typeof v === 'object' && !Array.isArray(v) && Object.keys(v).length === 0),
    ),
  ) as Partial<T>;
}

const statuses: Record<string, string> = {
  reserve: 'identification',
  signed: 'identification',
  preparation: 'preparation',
  started: 'implementation',
  enrolled: 'implementation',
  building: 'implementation',
  suspended: 'implementation',
  delayed: 'implementation',
  completed: 'completion',
  producing: 'maintenance',
  fullCapacity: 'maintenance',
  terminated: 'cancelled',
  withdrawn: 'cancelled',
};

/** 建设性质 to projectType.csv; 新建 is construction. */
const types: Record<string, string> = {
  新建: 'construction',
  扩建: 'expansion',
  改建: 'rehabilitation',
  改造: 'rehabilitation',
  迁建: 'replacement',
  重建: 'replacement',
};

const period = (startDate: Day | null | undefined, endDate: Day | null | undefined) =>
  known({ startDate: startDate ? moment(startDate) : null, endDate: endDate ? moment(endDate) : null });

/** projectID of the standard: the publisher's prefix and the city's own 编号. */
export const oc4idsId = (prefix: string, serial: number): string => `${prefix}-${String(serial).padStart(4, '0')}`;

/**
 * One project in the shape of OC4IDS 0.9.5, by the mapping of dispatch handbook §6. `day` is the day of the export: a
 * milestone past its day is notMet then. Money filed as investment is `financialProgress`; money that arrived is a transaction.
 */
export function oc4idsProject(
  facts: ProjectFacts,
  { prefix, day, serialOf }: { prefix: string; day: Day; serialOf: (id: string) => number },
) {
  const r = facts.reached;
  const owner = facts.ownerName === null ? null : { id: facts.ownerId ?? 'owner', name: facts.ownerName };
  const lead = facts.leadName === null ? null : { id: facts.leadId ?? 'lead', name: facts.leadName };
  const suppliers = new Map(
    facts.contracts.flatMap((c) => (c.supplierName === null ? [] : [[supplierId(c), c] as const])),
  );
  return known({
    id: oc4idsId(prefix, facts.serial),
    updated: facts.changedAt.toISOString(),
    language: 'zh',
    identifiers: facts.code === null ? null : [{ scheme: 'GB/T 40058', id: facts.code }],
    publicAuthority: owner ?? lead,
    title: facts.demo ? `${facts.name}（示例）` : facts.name,
    description: facts.content,
    status: statuses[facts.stage],
    type: types[facts.nature ?? ''],
    sector: sectorsOf(facts.industry),
    additionalClassifications: facts.industry === null ? null : [{ scheme: 'GB/T 4754', id: facts.industry }],
    period: period(facts.startActual ?? facts.startPlanned, facts.finishActual ?? facts.finishPlanned),
    identificationPeriod: period(r.reserve ?? r.signed, r.preparation),
    preparationPeriod: period(r.preparation, r.started ?? facts.startActual),
    implementationPeriod: period(facts.startActual, facts.finishActual),
    completionPeriod: period(facts.finishActual, r.producing),
    maintenancePeriod: period(r.producing, null),
    locations: locationsOf(facts),
    budget: budgetOf(facts),
    parties: [
      owner && { ...owner, roles: ['publicAuthority'] },
      lead && lead.id !== owner?.id && { ...lead, roles: ['administrativeEntity'] },
      ...[...suppliers].map(([id, c]) =>
        known({
          id,
          name: c.supplierName,
          identifier: c.supplierCode === null ? null : { scheme: 'CN-USCC', id: c.supplierCode },
          roles: ['supplier'],
        }),
      ),
    ].filter(Boolean),
    forecasts: forecastsOf(facts),
    metrics: metricsOf(facts),
    milestones: facts.milestones.map((m) =>
      known({
        id: m.id,
        title: m.name,
        dueDate: m.dueOn === null ? null : moment(m.dueOn),
        dateMet: m.doneOn === null ? null : moment(m.doneOn),
        status: m.doneOn !== null ? 'met' : m.dueOn !== null && m.dueOn < day ? 'notMet' : 'scheduled',
      }),
    ),
    completion:
      facts.finishActual === null
        ? null
        : known({
            endDate: moment(facts.finishActual),
            finalValue: facts.totalYuan === null ? null : cny(facts.totalYuan),
          }),
    transactions: facts.arrivals.map(({ period: month, yuan }) =>
      known({ id: `arrived-${month}`, date: moment(lastDayOf(month)), value: cny(yuan), payee: owner ?? lead }),
    ),
    contractingProcesses: facts.contracts.map((c) => contractingProcess(c, owner ?? lead)),
    relatedProjects: [
      ...(facts.parentId === null
        ? []
        : [related('parent', facts.parentName, oc4idsId(prefix, serialOf(facts.parentId)))]),
      ...facts.children.map((child) => related('child', child.name, oc4idsId(prefix, serialOf(child.id)))),
    ],
  });
}

/** relatedProject.csv has no word for a package (打捆) and its items: the codelist is open, so they are named. */
const related = (relationship: 'parent' | 'child', title: string | null, identifier: string) =>
  known({ id: identifier, scheme: 'oc4ids', identifier, relationship, title });

const supplierId = (c: ContractFacts): string =>
  c.supplierCode === null ? `supplier-${c.id}` : `CN-USCC-${c.supplierCode}`;

function locationsOf(facts: ProjectFacts) {
  const hasPoint = facts.lng !== null && facts.lat !== null;
  if (!hasPoint && facts.regionCode === null && facts.address === null) return null;
  return [
    known({
      id: 'site',
      description: facts.address,
      geometry: hasPoint ? { type: 'Point', coordinates: [facts.lng, facts.lat] } : null,
      // GB/T 2260 is not in locationGazetteers.csv; the codelist is open.
      gazetteer: facts.regionCode === null ? null : { scheme: 'GB/T 2260', identifiers: [facts.regionCode] },
      address: known({ streetAddress: facts.address, locality: facts.regionName, countryName: '中国' }),
    }),
  ];
}

function budgetOf(facts: ProjectFacts) {
  const years = facts.plans.filter((p) => p.yuan !== null);
  const first = facts.revisions[0];
  return known({
    amount: facts.totalYuan === null ? null : cny(facts.totalYuan),
    approvalDate: first ? moment(first.decidedOn) : null,
    budgetBreakdowns: [
      years.length > 0 && {
        id: 'byYear',
        description: '年度计划投资',
        budgetBreakdown: years.map((p) => ({
          id: `plan-${p.year}`,
          description: `${p.year}年计划`,
          amount: cny(p.yuan!),
          period: period(`${p.year}-01-01`, `${p.year}-12-31`),
        })),
      },
      facts.sources.length > 0 && {
        id: 'bySource',
        description: '资金来源',
        budgetBreakdown: facts.sources
          .filter((s) => s.plannedYuan !== null)
          .map((s) => ({
            id: `${s.source}-${s.year}`,
            description: `${s.year}年${s.label}`,
            amount: cny(s.plannedYuan!),
            period: period(`${s.year}-01-01`, `${s.year}-12-31`),
          })),
      },
    ].filter((group) => group !== false && group.budgetBreakdown.length > 0),
  });
}

/** The plan's own curve: cumulative yuan at the end of each month. */
function forecastsOf(facts: ProjectFacts) {
  const observations = facts.plans.flatMap((p) =>
    (p.curve ?? []).map((yuan, i) => {
      const month = `${p.year}-${String(i + 1).padStart(2, '0')}`;
      return { id: month, period: period(`${p.year}-01-01`, lastDayOf(month)), value: cny(yuan) };
    }),
  );
  return observations.length === 0 ? null : [{ id: 'financialProgress', title: '计划投资（累计）', observations }];
}

function metricsOf(facts: ProjectFacts) {
  const money = facts.months.map((m) => ({
    id: m.period,
    period: period(`${m.period.slice(0, 4)}-01-01`, lastDayOf(m.period)),
    value: cny(m.cumulativeYuan),
  }));
  const image = facts.months.flatMap((m) =>
    m.imageProgress
      ? [{ id: m.period, period: period(`${m.period}-01`, lastDayOf(m.period)), measure: m.imageProgress }]
      : [],
  );
  return [
    money.length > 0 && { id: 'financialProgress', title: '本年累计完成投资', observations: money },
    image.length > 0 && { id: 'physicalProgress', title: '形象进度', observations: image },
  ].filter(Boolean);
}

const natures = new Set(['design', 'construction', 'supervision']);

function contractingProcess(c: ContractFacts, buyer: { id: string; name: string } | null) {
  const supplier = c.supplierName === null ? null : { id: supplierId(c), name: c.supplierName };
  let value = c.valueYuan ?? 0;
  return {
    id: c.id,
    summary: known({
      externalReference: c.code,
      title: c.title,
      nature: natures.has(c.nature) ? [c.nature] : null,
      description: natures.has(c.nature) ? null : c.nature,
      status: c.status,
      tender: known({
        procurementMethod: c.method,
        datePublished: c.tenderedOn === null ? null : moment(c.tenderedOn),
        costEstimate: c.estimateYuan === null ? null : cny(c.estimateYuan),
        numberOfTenderers: c.tenderers,
        procuringEntity: buyer,
      }),
      suppliers: supplier && [supplier],
      contractValue: c.valueYuan === null ? null : cny(c.valueYuan),
      contractPeriod: period(c.startsOn ?? c.signedOn, c.endsOn),
      finalValue: c.status === 'closed' && c.currentYuan !== null ? cny(c.currentYuan) : null,
      modifications: c.modifications.map((m) => {
        const before = value;
        value += m.deltaYuan ?? 0;
        return known({
          id: m.id,
          date: moment(m.onDay),
          rationale: m.rationale,
          type: m.kind,
          oldContractValue: m.kind === 'value' ? cny(before) : null,
          newContractValue: m.kind === 'value' ? cny(value) : null,
          oldContractPeriod: m.kind === 'duration' ? period(null, m.oldEnd) : null,
          newContractPeriod: m.kind === 'duration' ? period(null, m.newEnd) : null,
        });
      }),
      transactions: c.payments.map((p) =>
        known({ id: p.id, date: moment(p.onDay), value: cny(p.yuan), payer: buyer, payee: supplier }),
      ),
    }),
  };
}

/** A package of the standard: what a publisher puts on the net as one file. `uri` is where it can be fetched again. */
export const oc4idsPackage = (
  projects: readonly object[],
  { uri, publishedDate, publisher }: { uri: string; publishedDate: Date; publisher: string },
) => ({
  uri,
  version: oc4idsVersion,
  publishedDate: publishedDate.toISOString(),
  publisher: { name: publisher },
  projects,
});
