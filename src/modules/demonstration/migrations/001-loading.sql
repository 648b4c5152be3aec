create schema if not exists demonstration;

-- distribute by city_id
create table demonstration.loading (
  city_id    uuid not null,
  state      text not null check (state in ('waiting', 'loading', 'loaded', 'failed')),
  step       text,
  problem    text,
  changed_at timestamptz not null,
  primary key (city_id)
);
