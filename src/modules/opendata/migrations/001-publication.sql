create schema if not exists opendata;

-- Which projects everybody may see, and which of their fields. A row without fields shows the name alone; a project
-- without a row, or with withdrawn_at, is not public.
-- distribute by city_id
create table opendata.publication (
  city_id      uuid not null,
  project_id   uuid not null,
  fields       text[] not null,
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (city_id, project_id)
);

-- Who published, changed or withdrew what, and why. Only ever added to.
-- distribute by city_id
create table opendata.publication_event (
  city_id    uuid not null,
  id         uuid not null,
  project_id uuid not null,
  kind       text not null check (kind in ('published', 'changed', 'withdrawn')),
  fields     text[] not null,
  reason     text not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, id)
);
create index publication_event_of on opendata.publication_event (city_id, project_id, at desc);

-- As whom the city publishes: the prefix that the Open Contracting help desk gave; without one ids carry a placeholder.
-- distribute by city_id
create table opendata.publisher (
  city_id    uuid not null,
  prefix     text check (prefix ~ '^oc4ids-[a-z0-9]{6}$'),
  changed_at timestamptz not null,
  primary key (city_id)
);
