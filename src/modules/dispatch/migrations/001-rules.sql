create schema if not exists dispatch;

-- Each saved change of a rule set is a new row; version 0 is the one that ships with the product and has no row.
-- Only ever added to.
-- distribute by city_id
create table dispatch.rule_set_version (
  city_id uuid not null,
  code text not null,
  version integer not null check (version >= 1),
  body jsonb not null,
  gaps jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, code, version)
);

-- Which version counts from which day. The newest choice among those that have begun counts. Only ever added to.
-- distribute by city_id
create table dispatch.rule_choice (
  city_id uuid not null,
  id uuid not null,
  code text not null,
  version integer not null check (version >= 0),
  effective_on date not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);

-- 豁免: excuses a project from one rule (or from all, with a null rule_code) until its last day, then lapses by itself.
-- Ended early once, with a reason; never deleted.
-- distribute by city_id
create table dispatch.exemption (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  rule_code text,
  reason text not null,
  approver text not null,
  from_day date not null,
  until_day date not null,
  ended_on date,
  end_reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  check (until_day >= from_day),
  check ((ended_on is null) = (end_reason is null))
);
create index exemption_project on dispatch.exemption (city_id, project_id);
