create schema if not exists identity;

-- distribute by city_id
create table identity.account (
  city_id              uuid not null,
  id                   uuid not null,
  -- The person in `organization`; one person has one account, however many posts they hold.
  person_id            uuid not null,
  username             text not null check (username = lower(username) and length(username) between 2 and 64),
  language             text check (language in ('zh', 'en')),
  is_locked            boolean not null default false,
  must_change_password boolean not null default false,
  created_at           timestamptz not null,
  primary key (city_id, id),
  unique (city_id, username),
  unique (city_id, person_id)
);

-- One row per account that may sign in with a password. The parameters stand beside the hash so that they can be raised later.
-- distribute by city_id
create table identity.password (
  city_id    uuid not null,
  account_id uuid not null,
  n          integer not null,
  r          integer not null,
  p          integer not null,
  salt       bytea not null,
  hash       bytea not null,
  set_at     timestamptz not null,
  primary key (city_id, account_id),
  foreign key (city_id, account_id) references identity.account
);

-- distribute by city_id
create table identity.totp (
  city_id      uuid not null,
  account_id   uuid not null,
  secret       text not null,
  confirmed_at timestamptz,
  -- The 30-second step of the last code that was accepted: no code counts twice.
  last_step    bigint not null default 0,
  primary key (city_id, account_id),
  foreign key (city_id, account_id) references identity.account
);

-- distribute by city_id
create table identity.backup_code (
  city_id    uuid not null,
  id         uuid not null,
  account_id uuid not null,
  hash       bytea not null,
  used_at    timestamptz,
  primary key (city_id, id),
  unique (city_id, account_id, hash),
  foreign key (city_id, account_id) references identity.account
);

-- The name under which an account is known to an outside OIDC issuer.
-- distribute by city_id
create table identity.external_login (
  city_id    uuid not null,
  id         uuid not null,
  account_id uuid not null,
  issuer     text not null,
  subject    text not null,
  linked_at  timestamptz not null,
  linked_by  text not null,
  primary key (city_id, id),
  unique (city_id, issuer, subject),
  unique (city_id, account_id, issuer),
  foreign key (city_id, account_id) references identity.account
);

-- A sign-in that has left for the OIDC issuer and has not come back yet; the browser holds the token.
-- distribute by city_id
create table identity.external_attempt (
  city_id    uuid not null,
  token_hash bytea not null,
  state      text not null,
  nonce      text not null,
  verifier   text not null,
  expires_at timestamptz not null,
  primary key (city_id, token_hash)
);

-- Only the SHA-256 of the token is kept: who reads this table cannot sign in with it.
-- distribute by city_id
create table identity.session (
  city_id    uuid not null,
  id         uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  address    text not null,
  agent      text not null,
  way        text not null check (way in ('password', 'oidc')),
  ended_at   timestamptz,
  ended_by   text,
  primary key (city_id, id),
  unique (city_id, token_hash),
  foreign key (city_id, account_id) references identity.account
);

create index session_account on identity.session (city_id, account_id, created_at desc);

-- Wrong passwords per user name, known or not, and per network address: an unknown name must wait like a known one.
-- distribute by city_id
create table identity.failure (
  city_id    uuid not null,
  kind       text not null check (kind in ('username', 'address')),
  name       text not null,
  count      integer not null,
  last_at    timestamptz not null,
  wait_until timestamptz,
  primary key (city_id, kind, name)
);
