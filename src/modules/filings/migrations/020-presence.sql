-- Who has a filing open now. Signs of life, overwritten in place and worth nothing after a minute; nothing is derived from them.
-- distribute by city_id
create table filings.presence (
  city_id    uuid not null,
  filing_id  uuid not null,
  actor_id   text not null,
  actor_name text not null,
  is_writing boolean not null,
  seen_at    timestamptz not null,
  primary key (city_id, filing_id, actor_id),
  foreign key (city_id, filing_id) references filings.filing (city_id, id)
);
