-- The one-time set-up of the installation: at most one row. It stands before any city, so it belongs to none.
-- Once closed_at is set it is never unset, whatever happens to the accounts.
-- reference
create table identity.setup (
  id         integer primary key check (id = 1),
  code_hash  bytea,
  failures   integer not null default 0,
  failed_at  timestamptz,
  wait_until timestamptz,
  closed_at  timestamptz
);
