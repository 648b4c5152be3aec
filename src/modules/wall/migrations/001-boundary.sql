create schema if not exists wall;

-- Every map that was ever hung up, the newest in force: rows are only added.
-- distribute by city_id
create table wall.boundary (
  city_id     uuid not null,
  id          uuid not null,
  areas       jsonb not null,
  source      text not null,
  approval_no text,
  actor_name  text not null,
  set_at      timestamptz not null,
  primary key (city_id, id)
);
