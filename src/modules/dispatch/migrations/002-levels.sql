-- An exemption is asked for by one person and decided by another. Rows from before were recorded with their approver.
alter table dispatch.exemption alter column approver drop not null;
alter table dispatch.exemption add column state text not null default 'approved';
alter table dispatch.exemption add constraint exemption_state check (state in ('requested', 'approved', 'refused'));
alter table dispatch.exemption add constraint exemption_approved check (state <> 'approved' or approver is not null);
alter table dispatch.exemption add column decided_by text;
alter table dispatch.exemption add column decided_at timestamptz;
alter table dispatch.exemption add column decision_note text;
alter table dispatch.exemption add constraint exemption_other check (decided_by is distinct from actor_id);

-- Planned growth of a county's investment in a year, in percent, as its source states it. Only ever added to; the newest
-- row of a county and year counts.
-- distribute by city_id
create table dispatch.planned_growth (
  city_id uuid not null,
  id uuid not null,
  county_unit_id uuid not null,
  year integer not null,
  percent text not null check (percent ~ '^-?[0-9]{1,3}(\.[0-9]{1,3})?$'),
  source text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index planned_growth_of on dispatch.planned_growth (city_id, year, county_unit_id);
