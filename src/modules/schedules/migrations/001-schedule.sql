create schema if not exists schedules;

-- One schedule a project. The draft is null when there is nothing beyond the newest version. next_uid only grows: actual
-- dates hang on the uid of a task, so one that was used never names another.
-- distribute by city_id
create table schedules.schedule (
  city_id uuid not null,
  project_id uuid not null,
  draft jsonb,
  draft_version integer not null default 0 check (draft_version >= 0),
  draft_by text,
  draft_at timestamptz,
  next_uid integer not null default 1 check (next_uid >= 1),
  current_seq integer not null default 0 check (current_seq >= 0),
  primary key (city_id, project_id)
);

-- What was fixed, with the dates as they were worked out then: later edits of the calendar do not move them. Only ever
-- added to.
-- distribute by city_id
create table schedules.version (
  city_id uuid not null,
  project_id uuid not null,
  seq integer not null check (seq >= 1),
  content jsonb not null,
  dates jsonb not null,
  start_on date not null,
  finish_on date not null,
  promised_on date,
  task_count integer not null,
  reason text not null,
  approver text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, project_id, seq),
  foreign key (city_id, project_id) references schedules.schedule (city_id, project_id)
);

-- Tasks of the version in force, in rows, with their dates there and in version 1: for lists and walls that look at many
-- projects. Derived from schedules.version and written with it.
-- distribute by city_id
create table schedules.task (
  city_id uuid not null,
  project_id uuid not null,
  uid integer not null,
  position integer not null,
  level integer not null,
  name text not null,
  unit text,
  is_milestone boolean not null,
  is_summary boolean not null,
  is_critical boolean not null,
  start_on date not null,
  finish_on date not null,
  baseline_start_on date,
  baseline_finish_on date,
  primary key (city_id, project_id, uid),
  foreign key (city_id, project_id) references schedules.schedule (city_id, project_id)
);

-- What really happened, by task; no part of any version.
-- distribute by city_id
create table schedules.progress (
  city_id uuid not null,
  project_id uuid not null,
  uid integer not null,
  actual_start date,
  actual_finish date,
  percent integer not null check (percent between 0 and 100),
  primary key (city_id, project_id, uid),
  foreign key (city_id, project_id) references schedules.schedule (city_id, project_id),
  check (actual_finish is null or actual_start is not null and actual_start <= actual_finish)
);

-- Each entry of actual dates with what stood before. Only ever added to.
-- distribute by city_id
create table schedules.progress_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  uid integer not null,
  task_name text not null,
  before jsonb,
  after jsonb not null,
  note text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, project_id) references schedules.schedule (city_id, project_id)
);
create index progress_event_of on schedules.progress_event (city_id, project_id, at desc);

create view schedules.pub_task with (security_invoker = true) as
  select t.city_id, t.project_id, t.uid, t.position, t.level, t.name, t.unit, t.is_milestone, t.is_summary, t.is_critical,
         t.start_on, t.finish_on, t.baseline_start_on, t.baseline_finish_on, p.actual_start, p.actual_finish,
         coalesce(p.percent, 0) as percent
    from schedules.task t
    left join schedules.progress p on p.city_id = t.city_id and p.project_id = t.project_id and p.uid = t.uid;
