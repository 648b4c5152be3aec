-- One upload of a ledger, from its analysis to acceptance. Nothing of it reaches the register before that.
-- distribute by city_id
create table projects.import (
  city_id uuid not null,
  id uuid not null,
  state text not null check (state in ('analysing', 'ready', 'accepted', 'cancelled', 'failed')),
  file_id text not null,
  file_name text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null,
  -- Counts the analyses asked for; rows carry the revision they belong to.
  revision integer not null default 1,
  step text,
  step_rows integer not null default 0,
  problem jsonb,
  sheets jsonb not null default '[]',
  sheet integer,
  template_id uuid,
  mapping jsonb,
  answers jsonb not null default '{}',
  structure jsonb,
  columns jsonb not null default '[]',
  questions jsonb not null default '[]',
  counts jsonb not null default '{}',
  warned integer not null default 0,
  new_units jsonb not null default '[]',
  -- How the register looked to the analysis: acceptance compares.
  register_mark text,
  accepted_at timestamptz,
  primary key (city_id, id)
);
create index import_recent on projects.import (city_id, created_at desc);

-- Rows of the newest analysis. The body is JSON that nothing in SQL looks into, so it is kept as text: a ledger of
-- 50,000 rows is written twice as fast.
-- distribute by city_id
create table projects.import_row (
  city_id uuid not null,
  import_id uuid not null,
  revision integer not null,
  row_number integer not null,
  status text not null check (status in ('new', 'changed', 'unchanged', 'refused')),
  parent_row integer,
  project_id uuid,
  serial integer,
  name text not null,
  has_issue boolean not null,
  body text not null,
  primary key (city_id, import_id, revision, row_number)
);
create index import_row_status on projects.import_row (city_id, import_id, revision, status, row_number);

-- A mapping of headings to fields that somebody saved; years in headings stand as YYYY.
-- distribute by city_id
create table projects.import_template (
  city_id uuid not null,
  id uuid not null,
  name text not null,
  columns jsonb not null,
  actor_id text not null,
  created_at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, name)
);
