create schema if not exists scores;

-- A scheme of one year (考核方案) and where it stands in its course.
-- distribute by city_id
create table scores.scheme (
  city_id uuid not null,
  id uuid not null,
  year int not null check (year between 2000 and 2100),
  code text not null,
  -- Of the newest version, in Chinese: what lists and searches look at.
  name text not null,
  state text not null check (state in ('draft', 'inForce', 'assessing', 'computed', 'publicity', 'final')),
  -- The newest version of its rules.
  version int not null check (version >= 1),
  self_until date,
  publicity_until date,
  demo boolean not null default false,
  made_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, year, code)
);

-- The rules as they were at each saving; only ever added to.
-- distribute by city_id
create table scores.scheme_version (
  city_id uuid not null,
  scheme_id uuid not null,
  version int not null,
  body jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, scheme_id, version),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);

-- Each act in the course of a scheme; only ever added to.
-- distribute by city_id
create table scores.course_step (
  city_id uuid not null,
  id uuid not null,
  scheme_id uuid not null,
  act text not null,
  from_state text,
  to_state text not null,
  note text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);
create index course_step_of_scheme on scores.course_step (city_id, scheme_id, id);

-- 人工录入: a figure that no register holds, as typed, with its evidence. The newest counts, older ones stay.
-- distribute by city_id
create table scores.entered_figure (
  city_id uuid not null,
  id uuid not null,
  scheme_id uuid not null,
  unit_id uuid not null,
  item text not null,
  input text not null,
  value text not null,
  note text not null,
  file_id text,
  file_name text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);
create index entered_figure_of_scheme on scores.entered_figure (city_id, scheme_id, unit_id, item, input, id desc);

-- Something that adds, takes away or forbids: a bonus, a deduction, a veto (item null). Struck out, never deleted.
-- distribute by city_id
create table scores.mark (
  city_id uuid not null,
  id uuid not null,
  scheme_id uuid not null,
  unit_id uuid not null,
  item text,
  input text,
  quantity text not null,
  on_day date not null,
  reason text not null,
  document text not null,
  approver text not null,
  file_id text,
  file_name text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  struck_at timestamptz,
  struck_by text,
  struck_by_name text,
  struck_reason text,
  primary key (city_id, id),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);
create index mark_of_scheme on scores.mark (city_id, scheme_id, unit_id);

-- 自评分 of a unit, with its ground; the newest counts, older ones stay.
-- distribute by city_id
create table scores.self_score (
  city_id uuid not null,
  id uuid not null,
  scheme_id uuid not null,
  unit_id uuid not null,
  item text not null,
  points text not null,
  note text not null,
  file_id text,
  file_name text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);
create index self_score_of_scheme on scores.self_score (city_id, scheme_id, unit_id, item, id desc);

-- A result as it was computed: inputs and answer as canonical text, so that working it out again can be compared byte by byte.
-- distribute by city_id
create table scores.result (
  city_id uuid not null,
  scheme_id uuid not null,
  version int not null check (version >= 1),
  scheme_version int not null,
  day date not null,
  inputs text not null,
  body text not null,
  inputs_hash text not null,
  hash text not null,
  note text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  published_at timestamptz,
  primary key (city_id, scheme_id, version),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id)
);

-- An objection of a unit during 公示, decided by somebody who did not score.
-- distribute by city_id
create table scores.objection (
  city_id uuid not null,
  id uuid not null,
  scheme_id uuid not null,
  result_version int not null,
  unit_id uuid not null,
  item text,
  reason text not null,
  file_id text,
  file_name text,
  filed_by text not null,
  filed_by_name text not null,
  filed_at timestamptz not null,
  state text not null check (state in ('filed', 'upheld', 'changed')),
  decision text,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, scheme_id) references scores.scheme (city_id, id),
  check ((state = 'filed') = (decision is null))
);
create index objection_of_scheme on scores.objection (city_id, scheme_id, id);
