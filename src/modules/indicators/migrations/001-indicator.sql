create schema if not exists indicators;

-- Each saved change of an indicator is a new row; what ships with the product has none. A withdrawn one has a null definition.
-- Only ever added to.
-- distribute by city_id
create table indicators.definition_version (
  city_id uuid not null,
  code text not null,
  version int not null check (version >= 1),
  definition jsonb,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, code, version)
);
