create schema if not exists duties;

-- Who may be put on a roster of a unit, with the number at which they are reached.
-- distribute by city_id
create table duties.member (
  city_id    uuid not null,
  id         uuid not null,
  unit_id    uuid not null,
  -- Ties the name to an account: that one signs. Null: somebody without an account.
  person_id  uuid,
  name       text not null,
  title      text,
  phone      text,
  posts      text[] not null,
  position   integer not null,
  is_active  boolean not null default true,
  changed_at timestamptz not null,
  primary key (city_id, id)
);
create index member_unit on duties.member (city_id, unit_id, position);

-- A covered period of one unit, from hand-over to hand-over. A draft has version 0.
-- distribute by city_id
create table duties.roster (
  city_id         uuid not null,
  id              uuid not null,
  unit_id         uuid not null,
  title           text not null,
  from_on         date not null,
  to_on           date not null check (to_on >= from_on),
  from_at         timestamptz not null,
  to_at           timestamptz not null,
  pattern         jsonb not null,
  version         integer not null default 0 check (version >= 0),
  -- Of the draft: two people at once, and the second is told.
  edition         integer not null default 1,
  changed_by_name text not null,
  changed_at      timestamptz not null,
  demo            boolean not null default false,
  primary key (city_id, id)
);
create index roster_unit on duties.roster (city_id, unit_id, from_on);

-- One person at one post from one moment to another, as the newest version has it.
-- distribute by city_id
create table duties.turn (
  city_id   uuid not null,
  id        uuid not null,
  roster_id uuid not null,
  unit_id   uuid not null,
  post      text not null check (post in ('leader', 'officer', 'deputy')),
  member_id uuid not null,
  from_at   timestamptz not null,
  to_at     timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, roster_id) references duties.roster (city_id, id),
  foreign key (city_id, member_id) references duties.member (city_id, id)
);
create index turn_roster on duties.turn (city_id, roster_id, from_at);
create index turn_unit on duties.turn (city_id, unit_id, from_at);
create index turn_member on duties.turn (city_id, member_id, from_at);

-- What was published, and every exchange since: whole, with the reason. Only added to.
-- distribute by city_id
create table duties.roster_version (
  city_id    uuid not null,
  roster_id  uuid not null,
  version    integer not null check (version >= 1),
  turns      jsonb not null,
  changes    jsonb not null,
  reason     text not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, roster_id, version),
  foreign key (city_id, roster_id) references duties.roster (city_id, id)
);

-- Open matters and notes that one officer leaves to the next, as they stood at that moment.
-- distribute by city_id
create table duties.handover (
  city_id          uuid not null,
  id               uuid not null,
  unit_id          uuid not null,
  at               timestamptz not null,
  outgoing_id      uuid not null,
  outgoing_name    text not null,
  incoming_id      uuid not null,
  incoming_name    text not null,
  matters          jsonb not null,
  incidents        jsonb not null,
  notes            text not null,
  written_by       text not null,
  written_by_name  text not null,
  written_at       timestamptz not null,
  signed_by        text,
  signed_by_name   text,
  signed_at        timestamptz,
  sign_note        text,
  demo             boolean not null default false,
  primary key (city_id, id),
  unique (city_id, unit_id, at),
  check ((signed_at is null) = (signed_by is null))
);

-- The duty log. Only added to: what must be put right is a further entry about the first.
-- distribute by city_id
create table duties.log_entry (
  city_id     uuid not null,
  id          uuid not null,
  unit_id     uuid not null,
  at          timestamptz not null,
  source      text not null check (source in ('call', 'message', 'visit', 'instruction', 'own')),
  from_whom   text not null,
  content     text not null,
  told        jsonb not null,
  about_id    uuid,
  incident_id uuid,
  actor_id    text not null,
  actor_name  text not null,
  entered_at  timestamptz not null,
  demo        boolean not null default false,
  primary key (city_id, id)
);
create index log_unit on duties.log_entry (city_id, unit_id, at desc);

create view duties.pub_turn with (security_invoker = true) as
  select t.city_id, t.id, t.unit_id, t.post, t.member_id, m.name, t.from_at, t.to_at
  from duties.turn t
  join duties.roster r on r.city_id = t.city_id and r.id = t.roster_id and r.version >= 1
  join duties.member m on m.city_id = t.city_id and m.id = t.member_id;
