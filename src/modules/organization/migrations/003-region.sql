-- The city's own list of regions. kind: 'gb' stands in GB/T 2260, 'statistics' only in the statistical codes,
-- 'own' is a sub-area that neither knows (its code is the city's code, a hyphen and letters or digits).
-- A code is never used again for something else: a region that ends keeps its row.
-- distribute by city_id
create table organization.region (
  city_id      uuid not null,
  code         text not null check (code ~ '^[0-9]{6}(-[A-Z0-9]{1,12})?$'),
  name         text not null check (length(name) between 1 and 60),
  short_name   text,
  aliases      text[] not null default '{}',
  kind         text not null check (kind in ('gb', 'statistics', 'own')),
  parent_code  text,
  edition_year integer not null check (edition_year between 1980 and 2100),
  source       text,
  position     integer not null default 0,
  valid_to     date,
  initials     text not null default '',
  primary key (city_id, code),
  foreign key (city_id, parent_code) references organization.region (city_id, code),
  check (kind = 'own' or code ~ '^[0-9]{6}$')
);
