import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { UnitMonth } from '../contract.ts';
import { type FieldEffort, minutesOf, secondsOf, secondsOfRequest } from '../effort.ts';

interface FilingRow {
  unitId: string | null;
  issuer: string;
  what: string;
  fields: string[] | null;
  forms: number;
}
interface RequestRow {
  unitId: string;
  issuer: string;
  what: string;
  fields: { kind: FieldEffort; duplicateOf: string | null }[];
}

/** Fields of a monthly filing from before there were forms. */
const fieldsBeforeForms = ['monthYuan', 'imageProgress', 'milestones', 'problems', 'nextSteps', 'photos'];

/** What fell due in a month, for each unit within reach: forms to be filed (exempt ones are not asked) and requests for data. */
export async function monthOfUnits(
  scope: Scope,
  month: string,
): Promise<{ month: string; units: UnitMonth[]; total: UnitMonth }> {
  const reach = scope.reach('burden.read');
  const isMine = (id: string | null) => reach.all || (id !== null && reach.unitIds.includes(id));
  const inMonth = sql`to_char(c.due_at at time zone 'Asia/Shanghai' - interval '1 second', 'YYYY-MM') = ${month}`;
  const { rows: filed } = await sql<FilingRow>`
    select coalesce(p.owner_unit_id, p.lead_unit_id) as unit_id, coalesce(v.issuer, '') as issuer, coalesce(v.title, '') as what, v.fields,
      count(*)::integer as forms
    from filings.pub_cycle c
    join filings.pub_filing f on f.city_id = c.city_id and f.cycle_id = c.id and f.state <> 'exempt'
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join filings.pub_form v on v.city_id = c.city_id and v.kind = c.kind and v.version = c.form_version
    where c.city_id = ${scope.cityId} and c.state = 'open' and ${inMonth}
    group by 1, 2, 3, 4`.execute(scope.db);
  const { rows: asked } = await sql<RequestRow>`
    select u as unit_id, r.issuer, r.title as what, r.fields from burden.request r, unnest(r.unit_ids) as u
    where r.city_id = ${scope.cityId} and to_char(r.due_on, 'YYYY-MM') = ${month}`.execute(scope.db);
  const units = new Map<string | null, UnitMonth & { seconds: number }>();
  const empty = (unitId: string | null) => ({
    unitId,
    unitName: null,
    forms: 0,
    fields: 0,
    minutes: 0,
    requests: 0,
    again: 0,
    by: [],
    seconds: 0,
  });
  const of = (unitId: string | null) => {
    const found = units.get(unitId) ?? empty(unitId);
    units.set(unitId, found);
    return found;
  };
  for (const row of filed.filter((r) => isMine(r.unitId))) {
    const unit = of(row.unitId);
    const fields = row.fields ?? fieldsBeforeForms;
    const seconds = secondsOf(fields) * row.forms;
    unit.forms += row.forms;
    unit.fields += fields.length * row.forms;
    unit.seconds += seconds;
    unit.by.push({
      issuer: row.issuer,
      what: row.what,
      forms: row.forms,
      fields: fields.length * row.forms,
      minutes: minutesOf(seconds),
    });
  }
  for (const row of asked.filter((r) => isMine(r.unitId))) {
    const unit = of(row.unitId);
    const seconds = secondsOfRequest(row.fields.map((f) => f.kind));
    unit.requests += 1;
    unit.fields += row.fields.length;
    unit.again += row.fields.filter((f) => f.duplicateOf !== null).length;
    unit.seconds += seconds;
    unit.by.push({
      issuer: row.issuer,
      what: row.what,
      forms: 1,
      fields: row.fields.length,
      minutes: minutesOf(seconds),
    });
  }
  const names = await unitNames(
    scope,
    [...units.keys()].filter((id) => id !== null),
  );
  const present = ({ seconds, ...unit }: UnitMonth & { seconds: number }): UnitMonth => ({
    ...unit,
    unitName: unit.unitId === null ? null : (names.get(unit.unitId)?.name ?? null),
    minutes: minutesOf(seconds),
    by: unit.by.toSorted((a, b) => b.minutes - a.minutes),
  });
  const all = [...units.values()];
  const sum = (key: 'forms' | 'fields' | 'requests' | 'again' | 'seconds') => all.reduce((n, u) => n + u[key], 0);
  return {
    month,
    units: all
      .map(present)
      .sort((a, b) => b.minutes - a.minutes || (a.unitName ?? '').localeCompare(b.unitName ?? '', 'zh')),
    total: present({
      ...empty(null),
      forms: sum('forms'),
      fields: sum('fields'),
      requests: sum('requests'),
      again: sum('again'),
      seconds: sum('seconds'),
    }),
  };
}
