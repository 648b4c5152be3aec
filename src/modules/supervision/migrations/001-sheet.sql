create schema if not exists supervision;

-- A three-colour sheet (督查单) as it was issued. The content is frozen: the same sheet prints the same years later.
-- distribute by city_id
create table supervision.sheet (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  -- Taken over at issuing, for lists by unit; null when the matter had none.
  lead_unit_id uuid,
  colour text not null check (colour in ('blue', 'yellow', 'orange', 'red')),
  no text not null,
  rule_set text not null,
  rule text not null,
  -- How often the matter had been reopened: one sheet of a colour in each round.
  round int not null,
  limit_on date not null,
  content jsonb not null,
  state text not null check (state in ('issued', 'answered', 'revoked')),
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by text not null,
  issued_by_name text not null,
  approver_id uuid,
  approver_name text,
  approved_on date,
  answer text,
  answered_on date,
  answered_by text,
  answered_by_name text,
  revoked_on date,
  demo boolean not null default false,
  primary key (city_id, id),
  unique (city_id, no),
  -- Nobody is blamed in red without a leader's approval (政府督查工作条例 art. 21).
  check (colour <> 'red' or approver_id is not null)
);
create index sheet_of_matter on supervision.sheet (city_id, matter_id);
create index sheet_issued on supervision.sheet (city_id, issued_on desc, id);
create index sheet_of_unit on supervision.sheet (city_id, lead_unit_id, issued_on);
create unique index sheet_once on supervision.sheet (city_id, matter_id, round, colour) where state <> 'revoked';

-- Numbers of each colour and year, in order and never twice.
-- distribute by city_id
create table supervision.number_series (
  city_id uuid not null,
  colour text not null,
  year int not null,
  last int not null,
  primary key (city_id, colour, year)
);

-- 正当理由: why no sheet is issued until a day, and which leader agreed.
-- distribute by city_id
create table supervision.excuse (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  reason text not null,
  approver_id uuid not null,
  approver_name text not null,
  from_on date not null,
  until_on date not null,
  recorded_by text not null,
  recorded_by_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index excuse_of on supervision.excuse (city_id, matter_id);

-- A leader's approval of a red sheet, before it is issued.
-- distribute by city_id
create table supervision.approval (
  city_id uuid not null,
  matter_id uuid not null,
  round int not null,
  leader_id uuid not null,
  leader_name text not null,
  approved_on date not null,
  note text,
  recorded_by text not null,
  recorded_by_name text not null,
  at timestamptz not null,
  primary key (city_id, matter_id, round)
);

-- 异议: a unit objects to a conclusion; both 30-day clocks are kept as days.
-- distribute by city_id
create table supervision.objection (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  unit_id uuid not null,
  about text not null check (about in ('verification', 'sheet', 'void', 'mark')),
  about_id uuid not null,
  about_title text not null,
  concluded_on date not null,
  concluded_by_name text not null,
  -- Accounts and people who took part in the conclusion: they stand aside.
  account_ids text[] not null,
  person_ids uuid[] not null,
  reason text not null,
  filed_on date not null,
  filed_by text not null,
  filed_by_name text not null,
  decide_by date not null,
  state text not null check (state in ('filed', 'upheld', 'changed')),
  decided_on date,
  decided_by text,
  decided_by_name text,
  decision text,
  demo boolean not null default false,
  primary key (city_id, id),
  -- One review of one conclusion.
  unique (city_id, about, about_id)
);
create index objection_of on supervision.objection (city_id, matter_id);
create index objection_open on supervision.objection (city_id, decide_by) where state = 'filed';

-- What people were told about a matter, once for each key.
-- distribute by city_id
create table supervision.told (
  city_id uuid not null,
  matter_id uuid not null,
  key text not null,
  on_day date not null,
  primary key (city_id, matter_id, key)
);

-- Rule sets, reminders and levels: every version a city has used; without a row the shipped ones hold.
-- distribute by city_id
create table supervision.settings_version (
  city_id uuid not null,
  version int not null check (version >= 1),
  settings jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, version)
);

create view supervision.pub_sheet with (security_invoker = true) as
  select city_id, id, matter_id, lead_unit_id, colour, no, limit_on, state, issued_on, answered_on, revoked_on, demo from supervision.sheet;
create view supervision.pub_objection with (security_invoker = true) as
  select city_id, id, matter_id, unit_id, about, state, filed_on, decide_by, decided_on, demo from supervision.objection;
