create schema if not exists rankings;

-- Each saved change of a ranking or a board is a new row; what ships with the product has none. A withdrawn one has a null
-- definition. Only ever added to.
-- distribute by city_id
create table rankings.definition_version (
  city_id uuid not null,
  kind text not null check (kind in ('ranking', 'board')),
  code text not null,
  version int not null check (version >= 1),
  definition jsonb,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, kind, code, version)
);

-- Places given by somebody else, entered by hand: each entry or correction is a row, a withdrawal one more.
-- distribute by city_id
create table rankings.external_version (
  city_id uuid not null,
  id uuid not null,
  version int not null check (version >= 1),
  ranking text not null,
  subject text not null,
  rank int not null check (rank >= 1),
  of_count int check (of_count >= rank),
  scope text not null,
  publisher text not null,
  published_on date not null,
  value text,
  source text not null,
  is_withdrawn boolean not null,
  demo boolean not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id, version)
);

-- Why a unit does not stand on a board for a time: it ends by itself after its last day, or earlier by somebody's word.
-- distribute by city_id
create table rankings.exemption (
  city_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  board text,
  kind text not null check (kind in ('forceMajeure', 'justified')),
  reason text not null,
  approver text not null,
  document text,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  ended_on date,
  end_reason text,
  demo boolean not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index exemption_unit on rankings.exemption (city_id, unit_id);

-- A settled month: everything that was published, with the versions of its rules. Settled again, it is one more version.
-- distribute by city_id
create table rankings.month (
  city_id uuid not null,
  period text not null check (period ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
  version int not null check (version >= 1),
  day date not null,
  result jsonb not null,
  reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, period, version)
);

-- What follows from a board for a unit in a month, once somebody has decided: raised as a matter, or waived with a reason.
-- distribute by city_id
create table rankings.consequence (
  city_id uuid not null,
  id uuid not null,
  period text not null,
  board text not null,
  pool text not null,
  unit_id uuid not null,
  code text not null,
  board_name jsonb not null,
  text jsonb not null,
  why jsonb not null,
  streak int not null,
  state text not null check (state in ('raised', 'waived')),
  matter_id uuid,
  reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, period, board, pool, unit_id, code),
  check ((state = 'raised') = (matter_id is not null)),
  check (state = 'raised' or reason is not null)
);
