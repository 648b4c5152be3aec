-- How each project stands in a year: derived by dispatch, may be rebuilt at any time, so it has no history of its own.
-- distribute by city_id
create table projects.standing (
  city_id uuid not null,
  year integer not null,
  project_id uuid not null,
  light text not null check (light in ('normal', 'warn', 'late', 'idle', 'ahead')),
  cause text,
  explanation jsonb,
  plan_yuan bigint,
  done_yuan bigint,
  gap_points double precision,
  filed_on date,
  filing_state text,
  as_of date not null,
  since date not null,
  primary key (city_id, year, project_id),
  foreign key (city_id, project_id) references projects.project (city_id, id)
);

-- distribute by city_id
create table projects.saved_view (
  city_id uuid not null,
  id uuid not null,
  account_id text not null,
  unit_ids uuid[] not null default '{}',
  shared boolean not null default false,
  name text not null,
  definition jsonb not null,
  created_at timestamptz not null,
  primary key (city_id, id)
);
create index saved_view_account on projects.saved_view (city_id, account_id);

-- The city's own words for boards, tiers and natures. A city without rows uses the shipped list.
-- distribute by city_id
create table projects.choice (
  city_id uuid not null,
  kind text not null check (kind in ('board', 'tier', 'nature')),
  label text not null,
  mark text,
  position integer not null,
  primary key (city_id, kind, label)
);

create view projects.pub_project with (security_invoker = true) as
  select city_id, id, serial, name, initials, code, board, industry, nature, plan_kind, stage, tiers, parent_id, child_count,
         region_code, address, lng, lat, content, start_planned, start_actual, finish_planned, finish_actual,
         total_yuan, done_before_yuan, done_before_year, owner_unit_id, owner_text, lead_unit_id, lead_text, command_unit_id, county_unit_id,
         responsible_name, leader_name, leader_person_id, enrolled, enrolled_on, source, demo, version, changed_at
    from projects.project;

create view projects.pub_plan with (security_invoker = true) as
  select city_id, year, project_id, version, plan_yuan, original_yuan, goal, curve, effective_on from projects.plan;

create view projects.pub_milestone with (security_invoker = true) as
  select city_id, id, project_id, position, name, planned, due, due_precision, actual
    from projects.milestone where removed_at is null;

create view projects.pub_standing with (security_invoker = true) as
  select city_id, year, project_id, light, cause, explanation, plan_yuan, done_yuan, gap_points, filed_on, filing_state, as_of, since
    from projects.standing;
