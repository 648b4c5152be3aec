create schema if not exists enrolment;

-- How far the papers of a project have come. Whether it is enrolled is the register's word (projects.project).
-- distribute by city_id
create table enrolment.record (
  city_id uuid not null,
  project_id uuid not null,
  -- null: nobody has moved it, so its own start decides.
  papers text check (papers in ('preparing', 'submitted', 'returned')),
  version integer not null default 0,
  primary key (city_id, project_id)
);

-- One of ①–⑧ (or a paper to compare with), as it is now; every change is kept in enrolment.event.
-- distribute by city_id
create table enrolment.document (
  city_id uuid not null,
  project_id uuid not null,
  kind text not null check (kind in ('content', 'approval', 'contract', 'photo', 'licence', 'organizationCode', 'materialNote', 'feasibility', 'application', 'environment')),
  file_id text,
  file_name text,
  is_on_paper boolean not null default false,
  facts jsonb not null,
  version integer not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (city_id, project_id, kind)
);

-- What happened, when, on which document and by whom. Only ever added to.
-- distribute by city_id
create table enrolment.event (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  at timestamptz not null,
  event text not null,
  state text not null,
  on_day date,
  reason text,
  document text,
  file_id text,
  file_name text,
  detail jsonb,
  actor_id text not null,
  actor_name text not null,
  primary key (city_id, id)
);
create index event_of on enrolment.event (city_id, project_id, at desc);

-- A list that the statistics office published: the source of every figure below.
-- distribute by city_id
create table enrolment.office_list (
  city_id uuid not null,
  id uuid not null,
  document text not null,
  issued_on date not null,
  file_id text,
  file_name text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);

-- 统计口径: investment from January to the month as the list states it; never worked out here. Newest seq counts, all stay.
-- distribute by city_id
create table enrolment.office_value (
  city_id uuid not null,
  project_id uuid not null,
  period text not null check (period ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
  seq integer not null,
  yuan bigint not null check (yuan >= 0),
  list_id uuid not null,
  primary key (city_id, project_id, period, seq),
  foreign key (city_id, list_id) references enrolment.office_list (city_id, id)
);
create index office_value_month on enrolment.office_value (city_id, period, project_id);

-- Why the two figures of a month differ. Newest seq counts, all stay.
-- distribute by city_id
create table enrolment.gap_explanation (
  city_id uuid not null,
  project_id uuid not null,
  period text not null,
  seq integer not null,
  cause text not null,
  text text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, project_id, period, seq)
);

-- Thresholds, forms and limits; a city without a row uses those that ship with the product. Only ever added to.
-- distribute by city_id
create table enrolment.rules_version (
  city_id uuid not null,
  version integer not null check (version >= 1),
  rules jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, version)
);

-- The figure that counts of each month.
create view enrolment.current_value with (security_invoker = true) as
  select v.city_id, v.project_id, v.period, v.seq, v.yuan, v.list_id
    from enrolment.office_value v
   where not exists (
     select 1 from enrolment.office_value n
      where n.city_id = v.city_id and n.project_id = v.project_id and n.period = v.period and n.seq > v.seq);

-- Where each project stands, with the newest published figure. The state follows position.ts.
create view enrolment.pub_state with (security_invoker = true) as
  select p.city_id, p.id as project_id,
    case when p.enrolled then 'enrolled'
         when p.stage in ('terminated', 'withdrawn') or p.total_yuan < coalesce((
           select (r.rules ->> 'floorYuan')::bigint from enrolment.rules_version r
            where r.city_id = p.city_id order by r.version desc limit 1), 5000000) then 'notRequired'
         when r.papers is not null then r.papers
         when p.start_actual is not null or p.stage in ('started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity') then 'preparing'
         else 'notDue' end as state,
    p.enrolled_on, v.yuan as statistics_yuan, v.period
    from projects.pub_project p
    left join enrolment.record r on r.city_id = p.city_id and r.project_id = p.id
    left join lateral (
      select c.yuan, c.period from enrolment.current_value c
       where c.city_id = p.city_id and c.project_id = p.id order by c.period desc limit 1) v on true;
