-- Titles by pairs of neighbouring characters, written in portions: which matters of the portion have the pair. Found by
-- equality, because array operators are not pushed below row-level security and so never meet their index.
-- distribute by city_id
create table ledger.title_gram (
  city_id uuid not null,
  gram text not null,
  portion uuid not null,
  matter_ids uuid[] not null,
  primary key (city_id, gram, portion)
);

-- How far the portions reach: matters after this id are read one by one.
-- distribute by city_id
create table ledger.title_index (
  city_id uuid not null,
  upto_id uuid not null,
  at timestamptz not null,
  primary key (city_id)
);
