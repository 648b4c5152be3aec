-- Something that happened and must be reported within set times.
-- distribute by city_id
create table duties.incident (
  city_id         uuid not null,
  id              uuid not null,
  -- The unit that learned of it and reports.
  unit_id         uuid not null,
  project_id      uuid,
  year            integer not null,
  serial          integer not null,
  class           text not null,
  title           text not null,
  place           text not null,
  signs           text[] not null,
  happened_at     timestamptz,
  learned_at      timestamptz not null,
  learned_from    text not null,
  -- As judged, and as treated while it is unknown.
  level           text not null check (level in ('ordinary', 'larger', 'major', 'grave', 'unknown')),
  treated_as      text not null check (treated_as in ('ordinary', 'larger', 'major', 'grave')),
  treated_basis   text,
  rules_version   integer not null,
  version         integer not null default 1,
  closed_at       timestamptz,
  entered_at      timestamptz not null,
  entered_by_name text not null,
  demo            boolean not null default false,
  primary key (city_id, id),
  unique (city_id, unit_id, year, serial)
);
create index incident_learned on duties.incident (city_id, learned_at desc);
create index incident_open on duties.incident (city_id, unit_id) where closed_at is null;

-- A report as it was sent. Never changed: what turned out otherwise stands in the next one.
-- distribute by city_id
create table duties.report (
  city_id     uuid not null,
  id          uuid not null,
  incident_id uuid not null,
  seq         integer not null check (seq >= 1),
  kind        text not null check (kind in ('phone', 'first', 'continuing', 'final')),
  level       text not null,
  at          timestamptz not null,
  text        text not null,
  elements    jsonb not null,
  -- Over the earliest clock that this report stopped; 0 in time.
  late_minutes integer not null check (late_minutes >= 0),
  told        jsonb not null,
  outside     jsonb not null,
  actor_id    text not null,
  actor_name  text not null,
  entered_at  timestamptz not null,
  primary key (city_id, id),
  unique (city_id, incident_id, seq),
  foreign key (city_id, incident_id) references duties.incident (city_id, id)
);
-- The chain has one first and one final report, however many people press at once.
create unique index report_once on duties.report (city_id, incident_id, kind) where kind <> 'continuing';

-- A limit of an incident, with the rule it came from as it read then.
-- distribute by city_id
create table duties.clock (
  city_id     uuid not null,
  incident_id uuid not null,
  code        text not null,
  report      text not null check (report in ('phone', 'written', 'next')),
  name        jsonb not null,
  basis       text not null,
  -- Null: promised by the reporter.
  minutes     integer,
  due_at      timestamptz not null,
  met_at      timestamptz,
  met_seq     integer,
  -- When those concerned were told that it had passed.
  told_at     timestamptz,
  primary key (city_id, incident_id, code),
  foreign key (city_id, incident_id) references duties.incident (city_id, id)
);
create index clock_open on duties.clock (city_id, due_at) where met_at is null;

-- Everything that happened to an incident and is no report. Only added to.
-- distribute by city_id
create table duties.incident_event (
  city_id     uuid not null,
  id          uuid not null,
  incident_id uuid not null,
  kind        text not null check (kind in ('raised', 'levelChanged', 'instructed', 'matterRaised', 'late')),
  text        text not null,
  payload     jsonb not null,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, incident_id) references duties.incident (city_id, id)
);
create index incident_event_of on duties.incident_event (city_id, incident_id, at);

-- Clocks, doubts and routes: every version a city has used; without a row the shipped rules hold.
-- distribute by city_id
create table duties.rules_version (
  city_id    uuid not null,
  version    integer not null check (version >= 1),
  rules      jsonb not null,
  reason     text not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, version)
);

create view duties.pub_incident with (security_invoker = true) as
  select i.city_id, i.id, i.unit_id, i.project_id, i.year, i.serial, i.class, i.title, i.place, i.level, i.treated_as, i.learned_at, i.closed_at, i.demo,
    (select count(*) from duties.clock c where c.city_id = i.city_id and c.incident_id = i.id and c.met_at > c.due_at)::integer as late_reports
  from duties.incident i;
