create schema if not exists snapshots;

-- A month as it was frozen: the canonical cells, compressed, their hash, and the hash that chains this snapshot to the one
-- before. Never updated; what came after stands in snapshots.restatement and snapshots.publication.
-- distribute by city_id
create table snapshots.snapshot (
  city_id         uuid not null,
  id              uuid not null,
  -- Place in the chain of the city, from 1 without gaps.
  position        integer not null check (position >= 1),
  period          text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  -- 1: first frozen; higher: restated.
  version         integer not null check (version >= 1),
  -- Everything but the cells, as the very text that was hashed.
  head            text not null,
  body            bytea not null,
  body_hash       text not null,
  prev_hash       text not null,
  hash            text not null,
  -- SHA-256 of the month's table as CSV when it was frozen: a later program that renders otherwise is found out.
  table_hash      text not null,
  as_of           timestamptz not null,
  cell_count      integer not null,
  project_count   integer not null,
  filed_count     integer not null,
  exempt_count    integer not null,
  missing_count   integer not null,
  missing         jsonb not null default '[]',
  missing_reason  text,
  note            text,
  created_at      timestamptz not null,
  created_by      text not null,
  created_by_name text not null,
  primary key (city_id, id),
  unique (city_id, position),
  unique (city_id, period, version),
  check (missing_count = 0 or missing_reason is not null)
);

-- A frozen month that was frozen anew, why, and what changed: the old snapshot stays and points here.
-- distribute by city_id
create table snapshots.restatement (
  city_id          uuid not null,
  id               uuid not null,
  period           text not null,
  cause            text not null check (cause in ('ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW')),
  public_note      text not null,
  document         text not null,
  correction_ids   jsonb not null default '[]',
  old_snapshot_id  uuid not null,
  new_snapshot_id  uuid not null,
  changed_count    integer not null,
  -- The first changed cells, each with old and new; all of them can be worked out from the two snapshots.
  changed          jsonb not null default '[]',
  approved_by      text not null,
  approved_by_name text not null,
  at               timestamptz not null,
  primary key (city_id, id),
  unique (city_id, old_snapshot_id),
  unique (city_id, new_snapshot_id),
  foreign key (city_id, old_snapshot_id) references snapshots.snapshot (city_id, id),
  foreign key (city_id, new_snapshot_id) references snapshots.snapshot (city_id, id)
);

-- OPERATIONAL becomes PUBLISHED by a row here, with what was said to the public.
-- distribute by city_id
create table snapshots.publication (
  city_id     uuid not null,
  snapshot_id uuid not null,
  comment     text,
  by_id       text not null,
  by_name     text not null,
  at          timestamptz not null,
  primary key (city_id, snapshot_id),
  foreign key (city_id, snapshot_id) references snapshots.snapshot (city_id, id)
);

-- The newest snapshot of each month.
create view snapshots.pub_snapshot with (security_invoker = true) as
  select distinct on (city_id, period) city_id, period, id, version, hash, as_of
  from snapshots.snapshot order by city_id, period, version desc;
