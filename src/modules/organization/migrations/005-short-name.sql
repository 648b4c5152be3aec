-- A ledger names units by their short names: an import looks up thousands.
create index unit_short_name on organization.unit (city_id, short_name) where short_name is not null;
