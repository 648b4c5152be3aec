-- Every version of every annual plan. A plan is never edited: a change is a new version with its reason.
-- distribute by city_id
create table projects.plan_version (
  city_id uuid not null,
  project_id uuid not null,
  year integer not null,
  version integer not null check (version >= 1),
  plan_yuan bigint check (plan_yuan >= 0),
  goal text,
  curve jsonb,
  reason text,
  document text,
  approver text,
  effective_on date not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, project_id, year, version),
  foreign key (city_id, project_id) references projects.project (city_id, id)
);

-- The newest version of each plan, kept by the store so that a list of 20,000 projects is one join on a key.
-- original_yuan is version 1: 年初计划 stays beside 调整后.
-- distribute by city_id
create table projects.plan (
  city_id uuid not null,
  year integer not null,
  project_id uuid not null,
  version integer not null,
  plan_yuan bigint,
  original_yuan bigint,
  goal text,
  curve jsonb,
  effective_on date not null,
  primary key (city_id, year, project_id),
  foreign key (city_id, project_id, year, version) references projects.plan_version (city_id, project_id, year, version)
);
create index plan_project on projects.plan (city_id, project_id);

-- planned is what was first promised and is never updated; due is what counts now.
-- distribute by city_id
create table projects.milestone (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  position integer not null,
  name text not null,
  planned date,
  planned_precision text,
  planned_text text,
  due date,
  due_precision text,
  due_text text,
  actual date,
  actual_precision text,
  actual_text text,
  removed_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, project_id) references projects.project (city_id, id)
);
create index milestone_project on projects.milestone (city_id, project_id, position);
