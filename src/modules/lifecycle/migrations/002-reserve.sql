-- Members of the reserve pool (储备库), also those that have left it.
-- distribute by city_id
create table lifecycle.reserve (
  city_id uuid not null,
  project_id uuid not null,
  kind text not null,
  entered_on date not null,
  -- The year for which it is qualified: carried over or withdrawn by decision at the beginning of the next.
  pool_year integer not null,
  -- Computed from the checklist whenever an item or the checklist changes, never entered.
  maturity integer not null check (maturity between 0 and 100),
  left_on date,
  left_how text check (left_how in ('started', 'withdrawn', 'terminated')),
  primary key (city_id, project_id),
  check ((left_on is null) = (left_how is null))
);
create index reserve_year on lifecycle.reserve (city_id, pool_year) where left_on is null;

-- Items of the maturity checklist that are done.
-- distribute by city_id
create table lifecycle.maturity_item (
  city_id uuid not null,
  project_id uuid not null,
  item text not null,
  done_on date not null,
  document text,
  primary key (city_id, project_id, item)
);

-- Entry, carrying over, checklist and leaving, with actor and reason. Only ever added to.
-- distribute by city_id
create table lifecycle.reserve_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null check (kind in ('entered', 'carried', 'done', 'undone', 'left', 'returned')),
  year integer,
  item text,
  day date,
  reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index reserve_event_of on lifecycle.reserve_event (city_id, project_id, at);

-- The city's own rules of the pool, in versions. A city without a row uses the shipped ones.
-- distribute by city_id
create table lifecycle.reserve_rules_version (
  city_id uuid not null,
  version integer not null check (version >= 1),
  rules jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, version)
);

create view lifecycle.pub_reserve with (security_invoker = true) as
  select city_id, project_id, kind, entered_on, pool_year, maturity, left_on, left_how from lifecycle.reserve;
