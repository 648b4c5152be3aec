-- The rules of a filing as a city has changed them: only ever added to. What is not here stands as it ships with the
-- product. The newest version whose days hold a day counts on it, so a version with an end lapses by itself.
-- distribute by city_id
create table filings.rule_version (
  city_id     uuid not null,
  code        text not null,
  version     integer not null check (version >= 1),
  is_active   boolean not null,
  severity    text not null check (severity in ('block', 'approve', 'explain', 'inform')),
  params      jsonb not null,
  phrases     jsonb,
  words       jsonb,
  valid_from  date not null,
  valid_until date,
  reason      text not null,
  document    text,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, code, version),
  check (valid_until is null or valid_until >= valid_from)
);

-- A correction may be asked for by anybody who reads the filing; another person of the office decides. Those without
-- `needs_approval` were opened by the office itself for a month that was not frozen.
alter table filings.correction add column needs_approval boolean not null default false;
alter table filings.correction add column cause text not null default 'ERROR'
  check (cause in ('ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW'));
alter table filings.correction add column cells jsonb not null default '[]';
alter table filings.correction add column document_no text;
alter table filings.correction add column document_file_id text;
alter table filings.correction add column document_name text;
alter table filings.correction add column was_frozen boolean not null default false;
alter table filings.correction add column decision text check (decision in ('approved', 'rejected'));
alter table filings.correction add column decided_by text;
alter table filings.correction add column decided_by_name text;
alter table filings.correction add column decided_at timestamptz;
alter table filings.correction add column decision_note text;
create index correction_requested on filings.correction (city_id, requested_at desc);

-- Since when the version that counts has counted; null: since accepted_at.
alter table filings.filing add column counts_from timestamptz;

-- Versions that counted once and do no more: few, so that reading any past moment costs as much as reading today.
-- distribute by city_id
create table filings.superseded (
  city_id         uuid not null,
  filing_id       uuid not null,
  seq             integer not null,
  project_id      uuid not null,
  period          text not null,
  month_yuan      bigint not null,
  cumulative_yuan bigint not null,
  valid_from      timestamptz not null,
  superseded_at   timestamptz not null,
  new_seq         integer not null,
  correction_id   uuid,
  primary key (city_id, filing_id, seq),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);
create index superseded_of_project on filings.superseded (city_id, project_id, period);
create index superseded_by_correction on filings.superseded (city_id, correction_id) where correction_id is not null;

-- Corrections made before this table was there, read back from the events.
insert into filings.superseded (city_id, filing_id, seq, project_id, period, month_yuan, cumulative_yuan, valid_from, superseded_at, new_seq)
  select e.city_id, e.filing_id, e.seq, f.project_id, f.period, v.month_yuan, v.cumulative_yuan, e.at, e.until_at, e.new_seq
  from (select city_id, filing_id, seq, at, lead(at) over w as until_at, lead(seq) over w as new_seq
        from filings.filing_event where event in ('accept', 'restate') and seq is not null
        window w as (partition by city_id, filing_id order by at, seq)) e
  join filings.filing f on f.city_id = e.city_id and f.id = e.filing_id
  join filings.filing_version v on v.city_id = e.city_id and v.filing_id = e.filing_id and v.seq = e.seq
  where e.until_at is not null and v.month_yuan is not null;

update filings.filing f set counts_from = e.at
  from (select city_id, filing_id, max(at) as at from filings.filing_event where event = 'restate' group by city_id, filing_id) e
  where e.city_id = f.city_id and e.filing_id = f.id and e.at > f.accepted_at;

-- Every version that counts or counted, with the moments between which it did: what was accepted as of T is
-- valid_from <= T and (superseded_at is null or superseded_at > T), one row for a filing.
create view filings.pub_accepted_version with (security_invoker = true) as
  select city_id, project_id, period, accepted_month_yuan as month_yuan, accepted_cumulative_yuan as cumulative_yuan,
    id as filing_id, accepted_seq as seq, coalesce(counts_from, accepted_at) as valid_from, null::timestamptz as superseded_at
  from filings.filing
  where accepted_seq is not null and accepted_month_yuan is not null
  union all
  select city_id, project_id, period, month_yuan, cumulative_yuan, filing_id, seq, valid_from, superseded_at
  from filings.superseded;

-- Corrections with both values, for lists and tables of other modules.
create view filings.pub_correction with (security_invoker = true) as
  select c.city_id, c.id, c.filing_id, f.project_id, f.period, c.cause, c.reason, c.document_no, c.requested_by_name, c.requested_at,
    c.decision, c.decided_by_name, c.decided_at, c.approved_by_name, c.approved_at, c.was_frozen,
    c.old_month_yuan, c.old_cumulative_yuan, c.new_month_yuan, c.new_cumulative_yuan
  from filings.correction c join filings.filing f on f.city_id = c.city_id and f.id = c.filing_id;
