create schema if not exists projects;

-- distribute by city_id
create table projects.project (
  city_id uuid not null,
  id uuid not null,
  serial integer not null,
  name text not null check (length(name) between 1 and 200),
  initials text not null,
  code text,
  board text,
  industry text,
  nature text,
  plan_kind text check (plan_kind in ('new', 'carried', 'finishing', 'reserve')),
  stage text not null check (stage in ('reserve', 'signed', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity', 'suspended', 'terminated')),
  stage_dates jsonb not null default '{}',
  tiers text[] not null default '{}',
  parent_id uuid,
  child_count integer not null default 0 check (child_count >= 0),
  region_code text,
  address text,
  lng double precision check (lng between -180 and 180),
  lat double precision check (lat between -90 and 90),
  entered_crs text check (entered_crs in ('WGS-84', 'GCJ-02', 'BD-09')),
  entered_x double precision,
  entered_y double precision,
  content text,
  start_planned date,
  start_planned_precision text,
  start_planned_text text,
  start_actual date,
  start_actual_precision text,
  start_actual_text text,
  finish_planned date,
  finish_planned_precision text,
  finish_planned_text text,
  finish_actual date,
  finish_actual_precision text,
  finish_actual_text text,
  total_yuan bigint check (total_yuan >= 0),
  done_before_yuan bigint check (done_before_yuan >= 0),
  -- The year at whose end done_before_yuan stood: months filed for later years come on top, earlier ones are in it.
  done_before_year integer,
  funds text,
  owner_unit_id uuid,
  owner_text text,
  lead_unit_id uuid,
  lead_text text,
  command_unit_id uuid,
  county_unit_id uuid,
  responsible_name text,
  responsible_person_id uuid,
  leader_name text,
  leader_person_id uuid,
  contact_name text,
  contact_phone text,
  enrolled boolean not null default false,
  enrolled_on date,
  enrolled_code text,
  source text,
  demo boolean not null default false,
  remark text,
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, serial),
  foreign key (city_id, parent_id) references projects.project (city_id, id),
  check (parent_id is null or child_count = 0),
  check (parent_id <> id)
);
create index project_parent on projects.project (city_id, parent_id) where parent_id is not null;
create index project_code on projects.project (city_id, code) where code is not null;

-- The next 编号 of a city. One row a city, locked while a project is entered, so numbers have no gaps and no doubles.
-- distribute by city_id
create table projects.serial (
  city_id uuid not null,
  next integer not null,
  primary key (city_id)
);

-- A whole row as it stood after each change; as-of reads take the newest before a moment.
-- distribute by city_id
create table projects.project_version (
  city_id uuid not null,
  project_id uuid not null,
  version integer not null,
  at timestamptz not null,
  event_id uuid not null,
  fields jsonb not null,
  primary key (city_id, project_id, version),
  foreign key (city_id, project_id) references projects.project (city_id, id)
);

-- Who changed what and why: before and after of each field. Only ever added to.
-- distribute by city_id
create table projects.project_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('created', 'changed', 'imported', 'planned', 'milestones', 'milestoneDone', 'light')),
  actor_id text not null,
  actor_name text not null,
  reason text,
  document text,
  changes jsonb not null,
  primary key (city_id, id),
  foreign key (city_id, project_id) references projects.project (city_id, id)
);
create index project_event_of on projects.project_event (city_id, project_id, at desc);
