create schema if not exists editions;

-- One working-out of a month: a trial, the sealing of an edition, or the recomputation of one that stands. Its progress
-- is seen while it runs.
-- distribute by city_id
create table editions.run (
  city_id     uuid not null,
  id          uuid not null,
  period      text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  kind        text not null check (kind in ('trial', 'seal', 'replay')),
  state       text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  -- What it rests on: none for a trial.
  snapshot_id uuid,
  -- Of a replay: the edition that is worked out again.
  edition_id  uuid,
  -- Of a seal: why there is a second edition.
  note        text,
  step        text,
  steps_done  integer not null default 0,
  steps_total integer not null default 0,
  problem     text,
  -- Of a replay: whether the bytes are the same, and where they are not.
  result      jsonb,
  asked_at    timestamptz not null,
  asked_by    text not null,
  asked_by_name text not null,
  started_at  timestamptz,
  ended_at    timestamptz,
  primary key (city_id, id)
);
create index run_period on editions.run (city_id, period, asked_at desc);
-- One at a time for each month: two would only race for the same row.
create unique index run_active on editions.run (city_id, period) where state in ('queued', 'running');

-- The newest trial of a month: derived, replaced by the next one, gone from sight once the month is sealed.
-- distribute by city_id
create table editions.trial (
  city_id     uuid not null,
  period      text not null,
  run_id      uuid not null,
  -- How many trials there were, this one included.
  turn        integer not null,
  body        bytea not null,
  body_hash   text not null,
  computed_at timestamptz not null,
  primary key (city_id, period)
);

-- A sealed edition of a month: canonical text, compressed, its hash, and the hash that chains it to the edition before.
-- Never updated; publication stands in a table of its own.
-- distribute by city_id
create table editions.edition (
  city_id        uuid not null,
  id             uuid not null,
  -- Place in the chain of the city, from 1 without gaps.
  position       integer not null check (position >= 1),
  period         text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  -- 1: first; higher: restated.
  version        integer not null check (version >= 1),
  snapshot_id    uuid not null,
  run_id         uuid not null,
  body           bytea not null,
  body_hash      text not null,
  prev_hash      text not null,
  hash           text not null,
  -- What a second edition says about why it is there.
  note           text,
  sealed_at      timestamptz not null,
  sealed_by      text not null,
  sealed_by_name text not null,
  primary key (city_id, id),
  unique (city_id, position),
  unique (city_id, period, version),
  unique (city_id, run_id),
  check (version = 1 or note is not null)
);

-- distribute by city_id
create table editions.publication (
  city_id    uuid not null,
  edition_id uuid not null,
  comment    text,
  by_id      text not null,
  by_name    text not null,
  at         timestamptz not null,
  primary key (city_id, edition_id),
  foreign key (city_id, edition_id) references editions.edition (city_id, id)
);

-- The sealed editions of each month, without their bodies.
create view editions.pub_edition with (security_invoker = true) as
  select e.city_id, e.id, e.period, e.version, e.snapshot_id, e.body_hash, e.hash, e.note, e.sealed_at, e.sealed_by_name, p.at as published_at
  from editions.edition e left join editions.publication p on p.city_id = e.city_id and p.edition_id = e.id;
