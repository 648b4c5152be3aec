create schema if not exists permits;

-- A city's own steps for one kind of project; the newest version counts. A city without a row uses the template that
-- ships with the product. Only ever added to.
-- distribute by city_id
create table permits.template_version (
  city_id uuid not null,
  code text not null,
  version integer not null check (version >= 1),
  steps jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, code, version)
);
