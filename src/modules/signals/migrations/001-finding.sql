create schema if not exists signals;

-- What a picture looks like: a difference hash, so that the same picture is found again after scaling and storing.
-- A file that is no picture has no hash and is not asked again.
-- distribute by city_id
create table signals.picture (
  city_id uuid not null,
  file_id text not null,
  hash    text check (hash ~ '^[0-9a-f]{16}$'),
  seen_at timestamptz not null,
  primary key (city_id, file_id)
);

-- The eight bytes of each hash: pictures at most seven bits apart share one.
-- distribute by city_id
create table signals.picture_band (
  city_id  uuid not null,
  band     integer not null check (band between 0 and 7),
  value    text not null,
  file_id  text not null,
  primary key (city_id, band, value, file_id)
);

-- What speaks about a project. `ended_on`: the figures no longer say it. An explanation holds for the figures it was
-- given for; the finding stays in sight until the office has read it.
-- distribute by city_id
create table signals.finding (
  city_id     uuid not null,
  id          uuid not null,
  project_id  uuid not null,
  code        text not null,
  subject     text not null,
  period      text,
  sentence    jsonb not null,
  figures     jsonb not null,
  -- Version of the thresholds it was found with.
  thresholds  integer not null,
  found_on    date not null,
  ended_on    date,
  explanation text,
  explained_by text,
  explained_by_id text,
  explained_at timestamptz,
  settled_note text,
  settled_by   text,
  settled_at   timestamptz,
  primary key (city_id, id),
  unique (city_id, project_id, code, subject),
  check ((explanation is null) = (explained_at is null)),
  check ((settled_at is null) = (settled_by is null))
);
create index finding_open on signals.finding (city_id, code) where ended_on is null;

-- Who said what about a finding. Only ever added to.
-- distribute by city_id
create table signals.finding_event (
  city_id    uuid not null,
  id         uuid not null,
  finding_id uuid not null,
  event      text not null check (event in ('found', 'explained', 'settled', 'reopened', 'ended')),
  text       text,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, finding_id) references signals.finding (city_id, id)
);
create index finding_event_of on signals.finding_event (city_id, finding_id, at);

-- Every set of thresholds a city has used; without a row the shipped ones hold, as version 0.
-- distribute by city_id
create table signals.threshold_version (
  city_id    uuid not null,
  version    integer not null check (version >= 1),
  thresholds jsonb not null,
  reason     text not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, version)
);

-- Open findings, for other modules.
create view signals.pub_finding with (security_invoker = true) as
  select city_id, id, project_id, code, period, sentence, found_on, explained_at is not null as is_explained,
    settled_at is not null as is_settled
  from signals.finding where ended_on is null;
