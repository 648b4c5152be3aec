create schema if not exists readings;

-- A document that was brought to the desk: its text as it came, which is never changed.
-- distribute by city_id
create table readings.document (
  city_id        uuid not null,
  id             uuid not null,
  title          text not null,
  original       text not null,
  -- SHA-256 of the text: the same document twice is told.
  text_hash      text not null,
  file_id        text,
  file_name      text,
  -- The document's own day, to which its words are resolved; null while nobody knows it.
  document_date  date,
  added_at       timestamptz not null,
  added_by       text not null,
  added_by_name  text not null,
  -- Taken off the desk with a reason; what was accepted from it stays.
  withdrawn_at   timestamptz,
  withdrawn_by_name text,
  withdrawn_reason text,
  primary key (city_id, id)
);
create index document_added on readings.document (city_id, added_at desc);
create index document_hash on readings.document (city_id, text_hash);

-- What a person decided about one proposal of the reader. Appended; the newest for a key counts.
-- distribute by city_id
create table readings.decision (
  city_id     uuid not null,
  id          uuid not null,
  document_id uuid not null,
  -- Kind and place of the proposal in the original: stays the same when the reader learns names.
  key         text not null,
  kind        text not null check (kind in ('requirement', 'promise', 'fact', 'name')),
  decision    text not null check (decision in ('accept', 'reject')),
  span_start  integer not null,
  span_end    integer not null,
  text        text not null,
  -- As proposed and as accepted: what a person corrected can be seen.
  proposed    jsonb not null,
  accepted    jsonb,
  reason      text,
  -- What came of it: a matter, a promise, a change, an alias.
  result_kind text check (result_kind in ('matter', 'promise', 'change', 'alias')),
  result_id   uuid,
  at          timestamptz not null,
  by_id       text not null,
  by_name     text not null,
  primary key (city_id, id),
  foreign key (city_id, document_id) references readings.document (city_id, id)
);
create index decision_document on readings.decision (city_id, document_id, at);

-- Another name of something in a register, learnt from a document and confirmed by a person.
-- distribute by city_id
create table readings.alias (
  city_id     uuid not null,
  id          uuid not null,
  kind        text not null check (kind in ('unit', 'project', 'person')),
  register_id uuid not null,
  alias       text not null,
  document_id uuid not null,
  at          timestamptz not null,
  by_name     text not null,
  -- Taken back: the name means something else.
  ended_at    timestamptz,
  primary key (city_id, id),
  foreign key (city_id, document_id) references readings.document (city_id, id)
);
create unique index alias_once on readings.alias (city_id, kind, register_id, alias) where ended_at is null;

-- What was promised of a project, in which document, by whom, and how firmly. Never changed: later documents add rows.
-- distribute by city_id
create table readings.promise (
  city_id      uuid not null,
  id           uuid not null,
  document_id  uuid not null,
  -- Null for a project that the register does not know yet.
  project_id   uuid,
  project_name text not null,
  what         text not null check (what in ('start', 'finish', 'open', 'produce', 'amount', 'other')),
  by_day       date,
  amount_yuan  bigint,
  hedge        text,
  speaker      text,
  -- The document's own day.
  said_on      date not null,
  span_start   integer not null,
  span_end     integer not null,
  text         text not null,
  at           timestamptz not null,
  by_name      text not null,
  demo         boolean not null default false,
  primary key (city_id, id),
  foreign key (city_id, document_id) references readings.document (city_id, id),
  check (by_day is not null or amount_yuan is not null)
);
create index promise_project on readings.promise (city_id, project_id, what, said_on);

-- A change of the register that a document gives reason for. It waits for somebody who may change the project.
-- distribute by city_id
create table readings.change (
  city_id          uuid not null,
  id               uuid not null,
  document_id      uuid not null,
  project_id       uuid not null,
  field            text not null check (field in ('startActual', 'finishActual', 'startPlanned', 'finishPlanned', 'totalYuan')),
  -- Days as text, money in whole yuan.
  old_value        jsonb,
  new_value        jsonb not null,
  span_start       integer not null,
  span_end         integer not null,
  text             text not null,
  state            text not null default 'waiting' check (state in ('waiting', 'applied', 'refused')),
  proposed_at      timestamptz not null,
  proposed_by      text not null,
  proposed_by_name text not null,
  settled_at       timestamptz,
  settled_by_name  text,
  settled_reason   text,
  primary key (city_id, id),
  foreign key (city_id, document_id) references readings.document (city_id, id)
);
create index change_waiting on readings.change (city_id, project_id) where state = 'waiting';

-- Promises with the document that makes them, of documents that were not withdrawn.
create view readings.pub_promise with (security_invoker = true) as
  select p.city_id, p.id, p.document_id, d.title as document_title, p.project_id, p.project_name, p.what, p.by_day, p.amount_yuan, p.hedge,
    p.speaker, p.said_on, p.text, p.demo
  from readings.promise p join readings.document d on d.city_id = p.city_id and d.id = p.document_id
  where d.withdrawn_at is null;
