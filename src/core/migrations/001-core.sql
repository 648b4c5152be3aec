create schema if not exists core;

-- One row per city of the deployment. Read before anyone is signed in, so it stands outside row-level security.
-- reference
create table core.city (
  id         uuid primary key,
  code       text not null unique check (code ~ '^[0-9]{6}$'),
  name       text not null,
  hq_name    text not null,
  demo       boolean not null default false,
  created_at timestamptz not null default now()
);

-- Who did what, when. Rows are only ever added; payloads stand apart so that personal data can be erased
-- without breaking the chain of seals, which covers their hashes.
-- local
create table core.audit (
  id          uuid primary key,
  city_id     uuid,
  at          timestamptz not null,
  actor_id    text not null,
  actor_name  text not null,
  action      text not null,
  request_id  text not null,
  subject     text,
  subject_id  text,
  input_hash  text not null,
  before_hash text,
  after_hash  text
);
create index audit_subject on core.audit (city_id, subject, subject_id, id);
create index audit_at on core.audit (city_id, at);

-- local
create table core.audit_payload (
  audit_id uuid primary key references core.audit,
  input    jsonb,
  before   jsonb,
  after    jsonb,
  erased_at timestamptz
);

create function core.audit_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are final';
end $$;
create trigger audit_is_final before update or delete on core.audit
  for each row execute function core.audit_is_final();

-- A block seals a run of audit rows: hash = sha256(previous hash, the rows' hashes in order).
-- local
create table core.audit_block (
  id            bigint primary key,
  row_count     integer not null,
  previous_hash text not null,
  hash          text not null,
  sealed_at     timestamptz not null
);

-- local
create table core.audit_seal (
  audit_id uuid primary key,
  block_id bigint not null references core.audit_block,
  position integer not null,
  row_hash text not null,
  unique (block_id, position)
);

-- What happened, for other modules and for browsers. Written in the transaction of the thing itself.
-- local
create table core.outbox (
  id         bigint generated always as identity primary key,
  city_id    uuid not null,
  topic      text not null,
  project_id uuid,
  unit_ids   uuid[] not null default '{}',
  data       jsonb not null default '{}',
  actor_id   text not null,
  at         timestamptz not null default now(),
  -- Ids are handed out before commit, so a lower id may appear later; the writing transaction tells what is settled.
  xact       xid8 not null default pg_current_xact_id()
);
create index outbox_at on core.outbox (at);
create index outbox_xact on core.outbox (xact, id);

-- The answer that a command gave, so that the same key gives the same answer and no second effect.
-- local
create table core.idempotency (
  city_id    uuid not null,
  actor_id   text not null,
  key        text not null,
  action     text not null,
  input_hash text not null,
  response   jsonb,
  at         timestamptz not null default now(),
  primary key (city_id, actor_id, key)
);

-- A file is its content: the id is the SHA-256 of the bytes, kept once on disk.
-- local
create table core.file (
  city_id   uuid not null,
  id        text not null check (id ~ '^[0-9a-f]{64}$'),
  name      text not null,
  type      text not null,
  size      bigint not null,
  stored_at timestamptz not null default now(),
  primary key (city_id, id)
);

-- Who brought a file: only they may attach it to something, so a hash seen elsewhere opens nothing.
-- local
create table core.file_upload (
  city_id  uuid not null,
  file_id  text not null,
  actor_id text not null,
  name     text not null,
  at       timestamptz not null default now(),
  primary key (city_id, file_id, actor_id)
);
