create schema if not exists burden;

-- A request for data beside the forms: who asks whom for what, what for, and by when. It is sent once and not changed.
-- distribute by city_id
create table burden.request (
  city_id     uuid not null,
  id          uuid not null,
  title       text not null,
  -- The named use: what is done with the answers.
  purpose     text not null,
  issuer      text not null,
  due_on      date not null,
  -- [{name, kind, duplicateOf, keepReason}]: a field that the platform holds already says why it is asked all the same.
  fields      jsonb not null,
  unit_ids    uuid[] not null,
  actor_id    text not null,
  actor_name  text not null,
  sent_at     timestamptz not null,
  closed_at   timestamptz,
  closed_note text,
  primary key (city_id, id)
);
create index request_due on burden.request (city_id, due_on desc);

-- What a unit answered: the newest `seq` counts, earlier ones stay.
-- distribute by city_id
create table burden.answer (
  city_id    uuid not null,
  request_id uuid not null,
  unit_id    uuid not null,
  seq        integer not null check (seq >= 1),
  contents   jsonb not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, request_id, unit_id, seq),
  foreign key (city_id, request_id) references burden.request (city_id, id)
);
