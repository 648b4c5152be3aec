create schema if not exists explore;

-- A question somebody keeps. It holds no figures: whoever opens it is answered within their own reach.
-- distribute by city_id
create table explore.view (
  city_id      uuid not null,
  id           uuid not null,
  account_id   text not null,
  owner_name   text not null,
  -- Units whose posts the owner held when it was saved, and whether the owner looked at the whole city.
  unit_ids     uuid[] not null default '{}',
  is_city_wide boolean not null default false,
  name         text not null,
  pivot        jsonb not null,
  chart        text not null,
  is_shared    boolean not null default false,
  demo         boolean not null default false,
  changed_at   timestamptz not null,
  primary key (city_id, id),
  unique (city_id, account_id, name)
);
