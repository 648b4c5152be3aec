create schema if not exists lifecycle;

-- The kind of path of each project, and how the register looked when gates and register were last compared: a project
-- whose register has another mark is compared again.
-- distribute by city_id
create table lifecycle.life (
  city_id uuid not null,
  project_id uuid not null,
  path text not null check (path in ('investment', 'government')),
  is_path_chosen boolean not null default false,
  seen text not null,
  primary key (city_id, project_id)
);

-- The gates that stand now. Rebuilt by nothing but the events below; the day is null where nobody has recorded it.
-- distribute by city_id
create table lifecycle.gate (
  city_id uuid not null,
  project_id uuid not null,
  stage text not null check (stage in ('reserve', 'signed', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity', 'terminated', 'withdrawn')),
  reached_on date,
  precision text not null check (precision in ('day', 'month', 'quarter', 'half', 'year')),
  -- gate: passed here; register: entered or imported; implied: only a later gate says so.
  source text not null check (source in ('gate', 'register', 'implied')),
  event_id uuid not null,
  primary key (city_id, project_id, stage)
);
create index gate_stage on lifecycle.gate (city_id, stage, reached_on);

-- Every change of a life with day, documents, actor and reason. Only ever added to.
-- distribute by city_id
create table lifecycle.gate_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  stage text not null check (stage in ('reserve', 'signed', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity', 'suspended', 'delayed', 'terminated', 'withdrawn')),
  kind text not null check (kind in ('passed', 'amended', 'revoked', 'paused', 'updated', 'resumed', 'ended', 'path')),
  reached_on date,
  precision text not null default 'day',
  source text not null check (source in ('gate', 'register', 'implied')),
  documents jsonb not null default '[]',
  reason text,
  approver text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index gate_event_of on lifecycle.gate_event (city_id, project_id, at);

-- One row for each time a project rested. resume_planned is the first estimate and is kept; resume_due counts.
-- distribute by city_id
create table lifecycle.pause (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null check (kind in ('suspended', 'delayed')),
  -- Null where an import said only that the project rests.
  reason_code text check (reason_code in ('funds', 'land', 'clearance', 'permits', 'market', 'design', 'environment', 'dispute', 'forceMajeure', 'contractor', 'planning', 'other')),
  reason text,
  steps text,
  from_on date not null,
  resume_planned date,
  resume_due date,
  registered_on date not null,
  -- The day of the newest quarterly update, or of the registration.
  updated_on date not null,
  resumed_on date,
  ended_on date,
  primary key (city_id, id),
  check (resumed_on is null or ended_on is not null)
);
create unique index pause_open on lifecycle.pause (city_id, project_id) where ended_on is null;
create index pause_of on lifecycle.pause (city_id, project_id, from_on);

-- Quarterly updates of a pause. Only ever added to.
-- distribute by city_id
create table lifecycle.pause_update (
  city_id uuid not null,
  id uuid not null,
  pause_id uuid not null,
  project_id uuid not null,
  quarter text not null check (quarter ~ '^\d{4}Q[1-4]$'),
  updated_on date not null,
  situation text not null,
  steps text not null,
  resume_before date,
  resume_due date not null,
  reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, pause_id) references lifecycle.pause (city_id, id)
);
create index pause_update_of on lifecycle.pause_update (city_id, pause_id, at);

create view lifecycle.pub_gate with (security_invoker = true) as
  select city_id, project_id, stage, reached_on, precision, source from lifecycle.gate;

create view lifecycle.pub_pause with (security_invoker = true) as
  select city_id, project_id, kind, from_on, resumed_on, id, reason_code, resume_planned, resume_due, updated_on, ended_on from lifecycle.pause;
