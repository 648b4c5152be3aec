create schema if not exists funding;

-- The city's own words for where money comes from. A city without rows uses the shipped list.
-- distribute by city_id
create table funding.source (
  city_id  uuid not null,
  code     text not null,
  label    text not null,
  position integer not null,
  retired  boolean not null default false,
  primary key (city_id, code)
);

-- Every value the total investment (and the contracted investment of an investor) ever had, with the document it rests
-- on. Only ever added to; the register holds the newest total.
-- distribute by city_id
create table funding.revision (
  city_id    uuid not null,
  id         uuid not null,
  project_id uuid not null,
  track      text not null check (track in ('total', 'agreement')),
  seq        integer not null check (seq >= 1),
  kind       text not null check (kind in ('registered', 'estimate', 'budget', 'adjusted', 'settled', 'agreement')),
  yuan       bigint not null check (yuan >= 0),
  decided_on date not null,
  document   text,
  reason     text,
  approver   text,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, id),
  unique (city_id, project_id, track, seq)
);

-- One issue of special bonds.
-- distribute by city_id
create table funding.bond (
  city_id      uuid not null,
  id           uuid not null,
  name         text not null,
  code         text,
  yuan         bigint not null check (yuan > 0),
  issued_on    date not null,
  term_years   integer not null check (term_years between 1 and 50),
  -- Percent a year, as printed: 3.27.
  rate_percent text not null check (rate_percent ~ '^[0-9]{1,2}(\.[0-9]{1,4})?$'),
  note         text,
  demo         boolean not null default false,
  version      integer not null default 1,
  primary key (city_id, id)
);

-- distribute by city_id
create table funding.bond_version (
  city_id    uuid not null,
  bond_id    uuid not null,
  version    integer not null,
  fields     jsonb not null,
  reason     text,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, bond_id, version),
  foreign key (city_id, bond_id) references funding.bond (city_id, id)
);

-- How much of an issue a project was given: the newest `seq` counts, 0 takes it away. Only ever added to.
-- distribute by city_id
create table funding.allotment (
  city_id     uuid not null,
  id          uuid not null,
  bond_id     uuid not null,
  project_id  uuid not null,
  seq         integer not null check (seq >= 1),
  yuan        bigint not null check (yuan >= 0),
  allotted_on date not null,
  document    text not null,
  reason      text,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, id),
  unique (city_id, bond_id, project_id, seq),
  foreign key (city_id, bond_id) references funding.bond (city_id, id)
);
create index allotment_project on funding.allotment (city_id, project_id);

-- A contracting process from its tender to its contract, in the words of OC4IDS. The status follows from the dates.
-- distribute by city_id
create table funding.contract (
  city_id       uuid not null,
  id            uuid not null,
  project_id    uuid not null,
  title         text not null,
  code          text,
  nature        text not null check (nature in ('construction', 'design', 'supervision', 'goods', 'services')),
  method        text check (method in ('open', 'selective', 'limited', 'direct')),
  tendered_on   date,
  tenderers     integer check (tenderers >= 0),
  estimate_yuan bigint check (estimate_yuan >= 0),
  awarded_on    date,
  supplier_name text,
  supplier_code text,
  signed_on     date,
  value_yuan    bigint check (value_yuan >= 0),
  starts_on     date,
  ends_on       date,
  closed_on     date,
  document      text,
  demo          boolean not null default false,
  version       integer not null default 1,
  primary key (city_id, id),
  check (signed_on is null or (value_yuan is not null and supplier_name is not null))
);
create index contract_project on funding.contract (city_id, project_id);

-- distribute by city_id
create table funding.contract_version (
  city_id     uuid not null,
  contract_id uuid not null,
  version     integer not null,
  fields      jsonb not null,
  reason      text,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, contract_id, version),
  foreign key (city_id, contract_id) references funding.contract (city_id, id)
);

-- What was changed of a signed contract: its duration, its value or its scope. Only ever added to.
-- distribute by city_id
create table funding.modification (
  city_id     uuid not null,
  id          uuid not null,
  contract_id uuid not null,
  kind        text not null check (kind in ('duration', 'value', 'scope')),
  on_day      date not null,
  delta_yuan  bigint,
  old_end     date,
  new_end     date,
  rationale   text not null,
  document    text not null,
  approver    text,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, contract_id) references funding.contract (city_id, id),
  check ((kind = 'value') = (delta_yuan is not null)),
  check ((kind = 'duration') = (new_end is not null))
);
create index modification_contract on funding.modification (city_id, contract_id, on_day);

-- Each statement about money, for ever: planned for a year, arrived, paid or to be paid in a month. A correction is a
-- further row that names the one it takes the place of; what nothing takes the place of counts.
-- distribute by city_id
create table funding.entry (
  city_id     uuid not null,
  id          uuid not null,
  project_id  uuid not null,
  kind        text not null check (kind in ('plan', 'arrived', 'paid', 'toPay')),
  year        integer not null check (year between 1990 and 2100),
  period      text check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  source      text,
  bond_id     uuid,
  contract_id uuid,
  yuan        bigint not null check (yuan >= 0),
  on_day      date not null,
  document    text not null,
  file_id     text,
  file_name   text,
  corrects_id uuid,
  reason      text,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, id),
  unique (city_id, corrects_id),
  foreign key (city_id, corrects_id) references funding.entry (city_id, id),
  foreign key (city_id, bond_id) references funding.bond (city_id, id),
  foreign key (city_id, contract_id) references funding.contract (city_id, id),
  check ((kind = 'plan') = (period is null)),
  check ((kind = 'toPay') = (source is null)),
  check ((corrects_id is null) = (reason is null))
);
create index entry_project on funding.entry (city_id, project_id, year);
create index entry_contract on funding.entry (city_id, contract_id) where contract_id is not null;
create index entry_bond on funding.entry (city_id, bond_id) where bond_id is not null;

-- Why figures that do not fit are so all the same. Holds while the excess is not larger than `excess_yuan`.
-- distribute by city_id
create table funding.explanation (
  city_id     uuid not null,
  id          uuid not null,
  project_id  uuid not null,
  code        text not null,
  subject     text not null,
  excess_yuan bigint not null,
  text        text not null,
  actor_id    text not null,
  actor_name  text not null,
  at          timestamptz not null,
  primary key (city_id, id)
);
create index explanation_project on funding.explanation (city_id, project_id);

-- Sums of the entries that count, kept by the store so that 20,000 projects are read by one join on a key. They can be
-- rebuilt from funding.entry at any time. Null: nothing of that kind was entered.
-- distribute by city_id
create table funding.year_source (
  city_id      uuid not null,
  year         integer not null,
  project_id   uuid not null,
  source       text not null,
  planned_yuan bigint,
  arrived_yuan bigint,
  paid_yuan    bigint,
  primary key (city_id, year, project_id, source)
);
create index year_source_project on funding.year_source (city_id, project_id);

-- distribute by city_id
create table funding.year (
  city_id      uuid not null,
  year         integer not null,
  project_id   uuid not null,
  planned_yuan bigint,
  arrived_yuan bigint,
  paid_yuan    bigint,
  to_pay_yuan  bigint,
  primary key (city_id, year, project_id)
);
create index year_project on funding.year (city_id, project_id);

-- distribute by city_id
create table funding.month (
  city_id      uuid not null,
  period       text not null,
  project_id   uuid not null,
  arrived_yuan bigint,
  paid_yuan    bigint,
  to_pay_yuan  bigint,
  primary key (city_id, period, project_id)
);
create index month_project on funding.month (city_id, project_id);

create view funding.pub_year with (security_invoker = true) as
  select city_id, project_id, year, planned_yuan, arrived_yuan, paid_yuan, to_pay_yuan from funding.year;

create view funding.pub_month with (security_invoker = true) as
  select city_id, project_id, period, arrived_yuan, paid_yuan, to_pay_yuan from funding.month;

-- Every statement with the span in which it counted, for any past moment; of the months, one row an entry.
create view funding.pub_month_version with (security_invoker = true) as
  select e.city_id, e.project_id, e.period, e.at as valid_from, later.at as superseded_at,
         case e.kind when 'arrived' then e.yuan end as arrived_yuan,
         case e.kind when 'paid' then e.yuan end as paid_yuan,
         case e.kind when 'toPay' then e.yuan end as to_pay_yuan
    from funding.entry e
    left join funding.entry later on later.city_id = e.city_id and later.corrects_id = e.id
   where e.period is not null;

create view funding.pub_source_year with (security_invoker = true) as
  select city_id, project_id, year, source, planned_yuan, arrived_yuan, paid_yuan from funding.year_source;

-- Payments that count, each with its contract where it has one.
create view funding.pub_payment with (security_invoker = true) as
  select e.city_id, e.project_id, e.id as payment_id, e.contract_id, e.bond_id, e.source, e.period, e.on_day, e.yuan, e.document
    from funding.entry e
   where e.kind = 'paid' and e.yuan > 0
     and not exists (select 1 from funding.entry c where c.city_id = e.city_id and c.corrects_id = e.id);

create view funding.pub_modification with (security_invoker = true) as
  select m.city_id, c.project_id, m.contract_id, m.id as modification_id, m.kind, m.on_day, m.delta_yuan, m.old_end, m.new_end, m.rationale, m.document
    from funding.modification m join funding.contract c on c.city_id = m.city_id and c.id = m.contract_id;

-- value_yuan is as signed, current_yuan with its modifications; status: pre-award, active, closed.
create view funding.pub_contract with (security_invoker = true) as
  select c.city_id, c.project_id, c.id as contract_id, c.title, c.code, c.nature, c.method, c.tendered_on, c.tenderers, c.estimate_yuan,
         c.awarded_on, c.supplier_name, c.supplier_code, c.signed_on, c.value_yuan,
         c.value_yuan + coalesce(m.delta_yuan, 0)::bigint as current_yuan,
         c.starts_on, c.ends_on, coalesce(m.new_end, c.ends_on) as current_end, c.closed_on,
         case when c.closed_on is not null then 'closed' when c.signed_on is not null then 'active' else 'pre-award' end as status,
         coalesce(p.paid_yuan, 0)::bigint as paid_yuan, coalesce(p.payments, 0)::integer as payments, c.demo
    from funding.contract c
    left join lateral (
      select sum(x.delta_yuan) as delta_yuan, (array_agg(x.new_end order by x.on_day desc, x.id desc) filter (where x.kind = 'duration'))[1] as new_end
        from funding.modification x where x.city_id = c.city_id and x.contract_id = c.id) m on true
    left join lateral (
      select sum(e.yuan) as paid_yuan, count(*) filter (where e.yuan > 0) as payments from funding.entry e
       where e.city_id = c.city_id and e.contract_id = c.id and e.kind = 'paid'
         and not exists (select 1 from funding.entry n where n.city_id = e.city_id and n.corrects_id = e.id)) p on true;

create view funding.pub_revision with (security_invoker = true) as
  select city_id, project_id, id as revision_id, track, seq, kind, yuan, decided_on, document, reason, approver, at from funding.revision;

-- The newest word on each allotment of a bond, with what was paid from it.
create view funding.pub_bond_use with (security_invoker = true) as
  select a.city_id, a.bond_id, a.project_id, b.name, b.code, b.issued_on, a.yuan as allotted_yuan, coalesce(p.used_yuan, 0)::bigint as used_yuan
    from (select distinct on (city_id, bond_id, project_id) * from funding.allotment order by city_id, bond_id, project_id, seq desc) a
    join funding.bond b on b.city_id = a.city_id and b.id = a.bond_id
    left join lateral (
      select sum(e.yuan) as used_yuan from funding.entry e
       where e.city_id = a.city_id and e.bond_id = a.bond_id and e.project_id = a.project_id and e.kind = 'paid'
         and not exists (select 1 from funding.entry n where n.city_id = e.city_id and n.corrects_id = e.id)) p on true;
