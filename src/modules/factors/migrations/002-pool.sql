-- A quota of the whole city for one category and year. `allotted` is kept beside the rows that it sums, so that the
-- check below refuses to give out more than there is, whatever program writes.
-- distribute by city_id
create table factors.pool (
  city_id uuid not null,
  id uuid not null,
  category text not null,
  year integer not null check (year between 2000 and 2100),
  name text not null,
  decimals smallint not null,
  size bigint not null check (size >= 0),
  allotted bigint not null default 0,
  version integer not null,
  primary key (city_id, id),
  unique (city_id, year, category, name),
  check (allotted between 0 and size)
);

-- Every size the pool has had, each with the document that set it. Only ever added to.
-- distribute by city_id
create table factors.pool_version (
  city_id uuid not null,
  pool_id uuid not null,
  version integer not null,
  size bigint not null,
  document text not null,
  note text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, pool_id, version),
  foreign key (city_id, pool_id) references factors.pool (city_id, id)
);

-- Given to a project out of a pool; a withdrawal is a row of its own with a negative amount. Only ever added to.
-- distribute by city_id
create table factors.allotment (
  city_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  project_id uuid not null,
  amount bigint not null check (amount <> 0),
  on_day date not null,
  document text not null,
  reason text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, pool_id) references factors.pool (city_id, id),
  check (amount > 0 or reason is not null)
);
create index allotment_of_pool on factors.allotment (city_id, pool_id);
create index allotment_of_project on factors.allotment (city_id, project_id);
