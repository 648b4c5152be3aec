create schema if not exists calendar;

-- Each change of a year's calendar is a new row with all its marked days; the newest counts. A city without a row for
-- a year uses the one that ships with the product. Only ever added to.
-- distribute by city_id
create table calendar.year_version (
  city_id uuid not null,
  year integer not null check (year between 2000 and 2100),
  version integer not null check (version >= 1),
  notice text not null,
  notice_date date,
  days jsonb not null,
  changed jsonb,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, year, version)
);
