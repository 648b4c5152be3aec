create schema if not exists organization;

-- The newest version of each unit. valid_from and valid_to are both included days; valid_to null is open.
-- A merged unit keeps its row, ends, and names its successor.
-- distribute by city_id
create table organization.unit (
  city_id            uuid not null,
  id                 uuid not null,
  version            integer not null default 1,
  name               text not null check (length(name) between 1 and 100),
  name_key           text not null check (name_key <> ''),
  short_name         text check (length(short_name) between 1 and 40),
  kind               text not null check (kind in ('headquarters', 'office', 'commandPost', 'county', 'department', 'stateFirm', 'projectUnit', 'bank', 'other')),
  parent_id          uuid,
  region_code        text,
  credit_code        text,
  credit_code_reason text,
  position           integer not null default 0,
  note               text,
  valid_from         date not null,
  valid_to           date,
  successor_id       uuid,
  -- First letters of the pinyin of name, short name and aliases, parted by spaces: precomputed, because a reading needs a dictionary.
  initials           text not null default '',
  changed_at         timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, parent_id) references organization.unit (city_id, id),
  foreign key (city_id, successor_id) references organization.unit (city_id, id),
  check (valid_to is null or valid_from <= valid_to),
  check (successor_id is null or valid_to is not null),
  check (parent_id is null or parent_id <> id)
);
create index unit_parent on organization.unit (city_id, parent_id, position);
create index unit_name_key on organization.unit (city_id, name_key);
create index unit_successor on organization.unit (city_id, successor_id) where successor_id is not null;

-- What the unit was from a day on. Rows are only added: a rename adds a row from its day; a correction adds a row from the
-- same day with a higher version, which then counts, while the mistaken row stays readable.
-- distribute by city_id
create table organization.unit_version (
  city_id        uuid not null,
  unit_id        uuid not null,
  version        integer not null,
  effective_from date not null,
  name           text not null,
  short_name     text,
  kind           text not null,
  parent_id      uuid,
  region_code    text,
  credit_code    text,
  position       integer not null,
  recorded_at    timestamptz not null,
  actor_id       text not null,
  actor_name     text not null,
  reason         text,
  primary key (city_id, unit_id, version),
  foreign key (city_id, unit_id) references organization.unit (city_id, id)
);
create index unit_version_day on organization.unit_version (city_id, unit_id, effective_from desc, version desc);

-- Other names under which a ledger may know the unit. Adding and removing one is written to organization.change.
-- distribute by city_id
create table organization.unit_alias (
  city_id   uuid not null,
  unit_id   uuid not null,
  alias_key text not null check (alias_key <> ''),
  alias     text not null,
  primary key (city_id, unit_id, alias_key),
  foreign key (city_id, unit_id) references organization.unit (city_id, id)
);
create index unit_alias_key on organization.unit_alias (city_id, alias_key);

-- Who was below whom, and when: written by the store in the transaction of the change, so that "this unit's whole subtree
-- on that day" is one index look-up. Derived from unit_version and the successors, and can be rebuilt from them.
-- distribute by city_id
create table organization.unit_closure (
  city_id       uuid not null,
  ancestor_id   uuid not null,
  descendant_id uuid not null,
  from_day      date not null,
  to_day        date not null,
  primary key (city_id, ancestor_id, descendant_id, from_day),
  foreign key (city_id, ancestor_id) references organization.unit (city_id, id),
  foreign key (city_id, descendant_id) references organization.unit (city_id, id)
);
create index unit_closure_descendant on organization.unit_closure (city_id, descendant_id);

-- Everything that was done to a unit, a person, a post or a region, in words a reader of the history page needs.
-- Rows are only added. Contacts never stand here: only that they changed.
-- distribute by city_id
create table organization.change (
  city_id    uuid not null,
  id         uuid not null,
  subject    text not null check (subject in ('unit', 'person', 'region')),
  subject_id text not null,
  action     text not null,
  at         timestamptz not null,
  on_day     date not null,
  actor_id   text not null,
  actor_name text not null,
  reason     text,
  before     jsonb,
  after      jsonb,
  primary key (city_id, id)
);
create index change_subject on organization.change (city_id, subject, subject_id, id);
create index unit_version_parent on organization.unit_version (city_id, parent_id);
