create schema if not exists decomposition;

-- A document that is split into tasks. Its text never changes: every row points into it.
-- distribute by city_id
create table decomposition.document (
  city_id uuid not null,
  id uuid not null,
  title text not null,
  source_ref text,
  doc_on date not null,
  kind text not null check (kind in ('docx', 'xlsx', 'html', 'text')),
  file_id text,
  file_name text,
  unit_id uuid not null,
  text text not null,
  blocks jsonb not null,
  state text not null default 'confirming' check (state in ('confirming', 'issued', 'discarded')),
  made_by text not null,
  made_by_name text not null,
  made_at timestamptz not null,
  issued_at timestamptz,
  demo boolean not null default false,
  primary key (city_id, id)
);
create index document_newest on decomposition.document (city_id, made_at desc);

-- A row that the rules proposed or a person added: decided by a person, then a matter of the ledger.
-- distribute by city_id
create table decomposition.proposal (
  city_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  n integer not null,
  title text not null,
  target text,
  quantities jsonb not null default '[]',
  category text,
  lead_text text,
  lead_unit_id uuid,
  co jsonb not null default '[]',
  leader_text text,
  leader_id uuid,
  handler_text text,
  due_on date,
  due_words text,
  due_why text,
  goals jsonb not null default '[]',
  spans jsonb not null default '[]',
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'rejected')),
  matter_id uuid,
  matter_no text,
  version integer not null default 1,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, document_id) references decomposition.document (city_id, id),
  check (matter_id is null or state = 'accepted')
);
create index proposal_of_document on decomposition.proposal (city_id, document_id, n);
