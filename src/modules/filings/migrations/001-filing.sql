create schema if not exists filings;

-- A reporting month. The due moment is computed once by a named rule of the calendar and then stands.
-- distribute by city_id
create table filings.cycle (
  city_id   uuid not null,
  id        uuid not null,
  period    text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  kind      text not null default 'monthly' check (kind in ('monthly')),
  due_at    timestamptz not null,
  due_rule  text not null,
  due_basis text not null,
  opened_at timestamptz not null,
  opened_by text not null,
  primary key (city_id, id),
  unique (city_id, kind, period)
);

-- One project in one cycle: the population of the month is exactly these rows. The current table; everything it has
-- been stands in filing_version and filing_event.
-- distribute by city_id
create table filings.filing (
  city_id     uuid not null,
  id          uuid not null,
  cycle_id    uuid not null,
  project_id  uuid not null,
  period      text not null,
  state       text not null check (state in ('opened', 'draft', 'submitted', 'returned', 'accepted', 'exempt')),
  exempt_reason text,
  -- Null until somebody typed something: then last month's values are shown.
  draft         jsonb,
  draft_version integer not null default 0,
  draft_by      text,
  draft_by_name text,
  draft_at      timestamptz,
  -- The newest submission.
  seq               integer,
  month_yuan        bigint,
  cumulative_yuan   bigint,
  submitted_at      timestamptz,
  submitted_by      text,
  submitted_by_name text,
  lateness_seconds  bigint,
  -- The version that counts.
  accepted_seq             integer,
  accepted_month_yuan      bigint,
  accepted_cumulative_yuan bigint,
  accepted_at              timestamptz,
  accepted_by_name         text,
  return_reason  text,
  return_cells   jsonb,
  returned_by_name text,
  returned_at    timestamptz,
  primary key (city_id, id),
  unique (city_id, project_id, period),
  foreign key (city_id, cycle_id) references filings.cycle (city_id, id),
  check ((state = 'exempt') = (exempt_reason is not null)),
  check (state <> 'accepted' or accepted_seq is not null),
  check ((accepted_seq is null) = (accepted_month_yuan is null and accepted_cumulative_yuan is null and accepted_at is null))
);
create index filing_of_cycle on filings.filing (city_id, cycle_id, state);

-- Each submission, for ever. `source`: filed (on a page), imported (past months), restated (an earlier month was corrected).
-- distribute by city_id
create table filings.filing_version (
  city_id           uuid not null,
  filing_id         uuid not null,
  seq               integer not null,
  content           jsonb not null,
  month_yuan        bigint not null,
  cumulative_yuan   bigint not null,
  submitted_at      timestamptz not null,
  submitted_by      text not null,
  submitted_by_name text not null,
  lateness_seconds  bigint not null,
  -- What the rules found at the moment of the submission.
  hits              jsonb not null default '[]',
  source            text not null,
  primary key (city_id, filing_id, seq),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);

-- Who did what to a filing, for ever.
-- distribute by city_id
create table filings.filing_event (
  city_id    uuid not null,
  id         uuid not null,
  filing_id  uuid not null,
  event      text not null,
  at         timestamptz not null,
  actor_id   text not null,
  actor_name text not null,
  seq        integer,
  reason     text,
  cells      jsonb not null default '[]',
  waived     jsonb not null default '[]',
  primary key (city_id, id),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);
create index filing_event_of_filing on filings.filing_event (city_id, filing_id, at);

-- A correction of an accepted filing: why, who asked, who approved, and both values. Closed by the acceptance of the new version.
-- distribute by city_id
create table filings.correction (
  city_id            uuid not null,
  id                 uuid not null,
  filing_id          uuid not null,
  reason             text not null,
  requested_by       text not null,
  requested_by_name  text not null,
  requested_at       timestamptz not null,
  approved_by        text,
  approved_by_name   text,
  approved_at        timestamptz,
  old_seq            integer not null,
  old_month_yuan     bigint not null,
  old_cumulative_yuan bigint not null,
  new_seq            integer,
  new_month_yuan     bigint,
  new_cumulative_yuan bigint,
  primary key (city_id, id),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);
create index correction_of_filing on filings.correction (city_id, filing_id, requested_at);

-- Which submission showed which photo: the same picture in two months is then one look-up.
-- distribute by city_id
create table filings.photo (
  city_id   uuid not null,
  filing_id uuid not null,
  seq       integer not null,
  file_id   text not null,
  taken_at  timestamptz,
  lat       double precision,
  lon       double precision,
  primary key (city_id, filing_id, seq, file_id),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);
create index photo_of_file on filings.photo (city_id, file_id);

-- The one version of each filing that counts. Amounts in whole yuan; cumulative from 1 January of the period's year.
create view filings.pub_accepted with (security_invoker = true) as
  select city_id, project_id, period, accepted_month_yuan as month_yuan, accepted_cumulative_yuan as cumulative_yuan,
    accepted_at, id as filing_id
  from filings.filing
  where accepted_seq is not null;

-- Where each filing stands. `lateness_seconds` is that of the newest submission.
create view filings.pub_state with (security_invoker = true) as
  select f.city_id, f.project_id, f.period, f.id as filing_id, f.state, c.due_at, f.submitted_at, f.lateness_seconds,
    f.accepted_seq is not null as has_accepted
  from filings.filing f join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id;
