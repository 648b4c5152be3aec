-- Roles of the city's own making. The shipped ones are computed from the modules' contracts and have no row.
-- distribute by city_id
create table identity.role (
  city_id     uuid not null,
  id          uuid not null,
  name        text not null check (length(name) between 1 and 40),
  permissions text[] not null,
  retired_at  timestamptz,
  primary key (city_id, id),
  unique (city_id, name)
);

-- Who holds which role, how far, from when to when. Ended, never deleted.
-- distribute by city_id
create table identity.role_grant (
  city_id     uuid not null,
  id          uuid not null,
  -- Exactly one: to whoever holds a post, or to one account whatever its posts.
  post_id     uuid,
  account_id  uuid,
  -- A shipped role's name, or the id of a row in identity.role.
  role        text not null,
  reach       text not null check (reach in ('city', 'unit', 'projects')),
  -- With reach 'unit': the top of the subtree; null means the unit of the post.
  unit_id     uuid,
  project_ids uuid[] not null default '{}',
  valid_from  date not null,
  valid_to    date,
  primary key (city_id, id),
  foreign key (city_id, account_id) references identity.account,
  check ((post_id is null) <> (account_id is null)),
  check (reach <> 'unit' or unit_id is not null or post_id is not null),
  check (valid_to is null or valid_to >= valid_from)
);

create index role_grant_post on identity.role_grant (city_id, post_id);
create index role_grant_account on identity.role_grant (city_id, account_id);

-- What was done to accounts, roles and grants: rows are only added.
-- distribute by city_id
create table identity.event (
  city_id    uuid not null,
  id         uuid not null,
  subject    text not null check (subject in ('account', 'role', 'grant')),
  subject_id uuid not null,
  kind       text not null,
  data       jsonb not null default '{}',
  by_actor   text not null,
  by_name    text not null,
  at         timestamptz not null,
  primary key (city_id, id)
);

create index event_subject on identity.event (city_id, subject, subject_id, id);
