create schema if not exists forecasts;

-- What was forecast from each closed month, with what the past forecasts were worth then. Derived; the newest of a month stays.
-- distribute by city_id
create table forecasts.run (
  city_id uuid not null,
  origin  text not null check (origin ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  day     date not null,
  at      timestamptz not null,
  body    jsonb not null,
  primary key (city_id, origin)
);

-- The newest forecast of each project. Derived and rebuildable.
-- distribute by city_id
create table forecasts.project (
  city_id    uuid not null,
  project_id uuid not null,
  plan_yuan  bigint not null,
  p50_yuan   bigint,
  p90_yuan   bigint,
  planned_finish date,
  p50_finish date,
  body       jsonb not null,
  primary key (city_id, project_id)
);
