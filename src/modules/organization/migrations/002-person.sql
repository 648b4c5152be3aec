-- A person who holds or held a post. valid_to: the last day on which the person belongs to the headquarters' work.
-- distribute by city_id
create table organization.person (
  city_id    uuid not null,
  id         uuid not null,
  version    integer not null default 1,
  name       text not null check (length(name) between 1 and 50),
  initials   text not null default '',
  note       text,
  valid_from date not null,
  valid_to   date,
  changed_at timestamptz not null,
  primary key (city_id, id),
  check (valid_to is null or valid_from <= valid_to)
);
create index person_name on organization.person (city_id, name);

-- Personal data apart from the person, so that no join or view shows it by accident and erasing it is one row.
-- distribute by city_id
create table organization.person_contact (
  city_id   uuid not null,
  person_id uuid not null,
  phone     text not null check (length(phone) between 3 and 40),
  primary key (city_id, person_id),
  foreign key (city_id, person_id) references organization.person (city_id, id)
);

-- One person in one unit under one title, for a time. Roles are given to posts by the module identity.
-- distribute by city_id
create table organization.post (
  city_id      uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  unit_id      uuid not null,
  title        text not null check (length(title) between 1 and 60),
  -- Smaller comes first in lists of leaders; null is not a leader.
  leader_order integer check (leader_order between 1 and 999),
  duties       text,
  valid_from   date not null,
  valid_to     date,
  primary key (city_id, id),
  foreign key (city_id, person_id) references organization.person (city_id, id),
  foreign key (city_id, unit_id) references organization.unit (city_id, id),
  check (valid_to is null or valid_from <= valid_to)
);
create index post_unit on organization.post (city_id, unit_id, leader_order);
create index post_person on organization.post (city_id, person_id);
