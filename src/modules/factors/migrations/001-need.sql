create schema if not exists factors;

-- What one project needs of one category and what it has got, in units of the category's last decimal. promised_original
-- is what was first promised and is never updated; promised_on is what counts now. `state` is derived and rewritten
-- when the day changes, so that lists and other modules read it without computing.
-- distribute by city_id
create table factors.need (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  category text not null,
  decimals smallint not null check (decimals between 0 and 6),
  demand bigint not null check (demand >= 0),
  supplied bigint not null check (supplied >= 0),
  -- Part of `supplied` that came out of quota pools: cannot be edited away.
  allotted bigint not null default 0 check (allotted between 0 and supplied),
  clearance jsonb,
  unit_id uuid,
  person_name text,
  promised_original date,
  promised_on date,
  evidence text,
  files jsonb not null default '[]',
  note text,
  state text not null check (state in ('missing', 'partial', 'secured', 'overdue', 'notNeeded')),
  version integer not null,
  changed_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, project_id, category),
  check ((category = 'clearance') = (clearance is not null)),
  check (promised_on is null or promised_original is not null)
);
create index need_state on factors.need (city_id, state, promised_on);

-- Who changed what and why, before and after. Only ever added to.
-- distribute by city_id
create table factors.need_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  category text not null,
  at timestamptz not null,
  kind text not null check (kind in ('entered', 'changed', 'corrected', 'allotted', 'withdrawn')),
  actor_id text not null,
  actor_name text not null,
  reason text,
  changes jsonb not null,
  primary key (city_id, id)
);
create index need_event_of on factors.need_event (city_id, project_id, at desc);

-- The factor lamp of each project that has needs. Derived: may be rebuilt at any time.
-- distribute by city_id
create table factors.lamp (
  city_id uuid not null,
  project_id uuid not null,
  light text not null check (light in ('late', 'warn', 'normal', 'idle')),
  cause text not null,
  category text,
  as_of date not null,
  since date not null,
  primary key (city_id, project_id)
);
