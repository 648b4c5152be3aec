-- What a cycle asks, of whom, until when, and who reviews it: a form. Its versions are only added; a cycle names the one
-- it was opened with. Forms that ship with the product get their first row when the first cycle is opened.
-- distribute by city_id
create table filings.form_version (
  city_id      uuid not null,
  kind         text not null check (kind in ('weekly', 'halfMonthly', 'monthly', 'quarterly')),
  version      integer not null,
  form_no      text not null,
  title        text not null,
  issuer       text not null,
  -- The document that approved the form (统计法 art. 17), and until when it holds; null: no end.
  approval     text not null,
  valid_from   date not null,
  valid_until  date,
  -- Everything else of `Form` in form.ts: fields, review chain, deadline rule, special periods, population.
  body         jsonb not null,
  reason       text not null,
  actor_id     text not null,
  actor_name   text not null,
  at           timestamptz not null,
  primary key (city_id, kind, version)
);

alter table filings.cycle drop constraint cycle_kind_check;
alter table filings.cycle add constraint cycle_kind_check check (kind in ('weekly', 'halfMonthly', 'monthly', 'quarterly'));
alter table filings.cycle drop constraint cycle_period_check;
-- 2021-09, 2021-W39, 2021-09-H1, 2021-Q3: no two kinds share a period, so that a project has one filing of each.
alter table filings.cycle add constraint cycle_period_check check (
  period ~ '^[0-9]{4}-((0[1-9]|1[0-2])(-H[12])?|W(0[1-9]|[1-4][0-9]|5[0-3])|Q[1-4])$');
-- Null: opened before there were forms, or filed elsewhere; the office alone reviews it.
alter table filings.cycle add column form_version integer;
alter table filings.cycle add constraint cycle_form foreign key (city_id, kind, form_version)
  references filings.form_version (city_id, kind, version);
-- A planned cycle has a due moment and no population yet.
alter table filings.cycle add column state text not null default 'open' check (state in ('planned', 'open'));
-- Periods this one stands for, itself included (1–2月合并); empty: itself alone.
alter table filings.cycle add column covers jsonb not null default '[]';
-- Nobody files in this period (1月免报), and why.
alter table filings.cycle add column exempt_reason text;
-- A provisional due moment may be recomputed; a published one stands for ever.
alter table filings.cycle add column due_state text not null default 'published' check (due_state in ('provisional', 'published'));
alter table filings.cycle add column due_published_at timestamptz;
alter table filings.cycle add column due_published_by text;
-- The year whose calendar is missing, when that is why the due moment is provisional.
alter table filings.cycle add column due_missing_year integer;
alter table filings.cycle alter column opened_at drop not null;
alter table filings.cycle alter column opened_by drop not null;

alter table filings.filing add column kind text not null default 'monthly'
  check (kind in ('weekly', 'halfMonthly', 'monthly', 'quarterly'));
-- The level of review a submitted filing waits at; null otherwise, and for what was submitted before there were levels.
alter table filings.filing add column level text check (level in ('responsibleUnit', 'commandPost', 'office'));
alter table filings.filing add column submitted_by_person uuid;
alter table filings.filing drop constraint filing_state_check;
alter table filings.filing add constraint filing_state_check check (
  state in ('opened', 'draft', 'checked', 'submitted', 'returned', 'accepted', 'frozen', 'exempt'));
alter table filings.filing drop constraint filing_check1;
alter table filings.filing add constraint filing_counts check (state not in ('accepted', 'frozen') or accepted_seq is not null);
alter table filings.filing drop constraint filing_check2;
alter table filings.filing add constraint filing_accepted check ((accepted_seq is null) = (accepted_at is null));
-- Money is filed by the month alone.
alter table filings.filing add constraint filing_money check (
  case when accepted_seq is not null and kind = 'monthly'
    then accepted_month_yuan is not null and accepted_cumulative_yuan is not null
    else accepted_month_yuan is null and accepted_cumulative_yuan is null end);
create index filing_of_project on filings.filing (city_id, project_id, kind, period);

alter table filings.filing_version alter column month_yuan drop not null;
alter table filings.filing_version alter column cumulative_yuan drop not null;

-- At which level it happened, and which levels below were left out, each with its reason.
alter table filings.filing_event add column level text;
alter table filings.filing_event add column skipped jsonb not null default '[]';

-- The one version of each monthly filing that counts. Other kinds carry no money and are not in it.
create or replace view filings.pub_accepted with (security_invoker = true) as
  select city_id, project_id, period, accepted_month_yuan as month_yuan, accepted_cumulative_yuan as cumulative_yuan,
    accepted_at, id as filing_id
  from filings.filing
  where accepted_seq is not null and kind = 'monthly';

-- Where each monthly filing stands. `state` keeps its six words: a checked draft is a draft, a frozen filing is accepted.
create or replace view filings.pub_state with (security_invoker = true) as
  select f.city_id, f.project_id, f.period, f.id as filing_id,
    case f.state when 'checked' then 'draft' when 'frozen' then 'accepted' else f.state end as state,
    c.due_at, f.submitted_at, f.lateness_seconds, f.accepted_seq is not null as has_accepted, f.level
  from filings.filing f join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
  where f.kind = 'monthly';

-- Every filing of every kind, without money.
create view filings.pub_filing with (security_invoker = true) as
  select f.city_id, f.id, f.project_id, f.cycle_id, f.kind, f.period, f.state, f.level, f.seq, f.accepted_seq, f.submitted_at,
    f.submitted_by, f.lateness_seconds, f.accepted_at, f.returned_at, c.due_at, c.due_state
  from filings.filing f join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id;

-- Photos of submitted versions; `counts` of the version that counts.
create view filings.pub_photo with (security_invoker = true) as
  select f.city_id, f.project_id, f.id as filing_id, f.kind, f.period, p.seq, p.file_id, p.taken_at, p.lat, p.lon,
    p.seq = coalesce(f.accepted_seq, f.seq) as counts
  from filings.photo p join filings.filing f on f.city_id = p.city_id and f.id = p.filing_id;

create view filings.pub_form with (security_invoker = true) as
  select city_id, kind, version, form_no, title, issuer, approval, valid_from, valid_until, body -> 'fields' as fields, at
  from filings.form_version;
