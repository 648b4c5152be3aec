-- The permits of a project, made once from a template. Later versions of the template do not change it.
-- distribute by city_id
create table permits.plan (
  city_id uuid not null,
  project_id uuid not null,
  template_code text not null,
  template_version integer not null,
  actor_name text not null,
  made_at timestamptz not null,
  primary key (city_id, project_id)
);

-- One step of a project. `state` and `due_on` are derived and rewritten with each change and when the day changes;
-- `used_days` is kept when the step is done, in the unit of its limit.
-- distribute by city_id
create table permits.step (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  code text not null,
  name jsonb not null,
  lane text not null check (lane in ('land', 'design', 'start', 'parallel')),
  position integer not null,
  owner_text text not null,
  unit_id uuid,
  limit_days integer check (limit_days between 0 and 3660),
  limit_unit text not null check (limit_unit in ('WORKDAY', 'CALENDAR')),
  basis text not null,
  is_reference boolean not null,
  after text[] not null default '{}',
  phase text not null check (phase in ('waiting', 'running', 'suspended', 'done', 'skipped')),
  accepted_on date,
  done_on date,
  document_no text,
  file jsonb,
  note text,
  state text not null check (state in ('blocked', 'ready', 'running', 'suspended', 'overdue', 'done', 'skipped')),
  due_on date,
  used_days integer,
  version integer not null,
  changed_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, project_id, code),
  foreign key (city_id, project_id) references permits.plan (city_id, project_id),
  check ((phase in ('running', 'suspended', 'done')) = (accepted_on is not null)),
  check ((phase = 'done') = (done_on is not null)),
  check (done_on >= accepted_on)
);
create index step_state on permits.step (city_id, state, due_on);

-- 补正: the clock of a step stands still from a day to a day.
-- distribute by city_id
create table permits.suspension (
  city_id uuid not null,
  id uuid not null,
  step_id uuid not null,
  from_on date not null,
  resumed_on date,
  reason text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, step_id) references permits.step (city_id, id),
  check (resumed_on >= from_on)
);
create index suspension_of on permits.suspension (city_id, step_id);

-- Who recorded what and why, before and after. Only ever added to.
-- distribute by city_id
create table permits.step_event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  step_id uuid not null,
  at timestamptz not null,
  event text not null check (event in ('accept', 'finish', 'suspend', 'resume', 'skip', 'include', 'correct', 'assign')),
  actor_id text not null,
  actor_name text not null,
  reason text,
  changes jsonb not null,
  primary key (city_id, id),
  foreign key (city_id, step_id) references permits.step (city_id, id)
);
create index step_event_of on permits.step_event (city_id, project_id, at desc);

create view permits.pub_step with (security_invoker = true) as
  select city_id, project_id, code as step, name, state, accepted_on, due_on, done_on, unit_id, owner_text, limit_days, limit_unit, used_days
    from permits.step;
