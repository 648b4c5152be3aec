create schema if not exists notices;

-- What a person is told. One for each account and key: told twice is told once.
-- distribute by city_id
create table notices.notice (
  city_id    uuid not null,
  id         uuid not null,
  account_id uuid not null,
  key        text not null,
  kind       text not null,
  title      jsonb not null,
  body       jsonb not null,
  link       text not null,
  project_id uuid,
  is_urgent  boolean not null default false,
  at         timestamptz not null,
  read_at    timestamptz,
  primary key (city_id, id),
  unique (city_id, account_id, key)
);
create index notice_of on notices.notice (city_id, account_id, at desc);
create index notice_unread on notices.notice (city_id, account_id) where read_at is null;

-- A notice on its way to a phone or a mailbox, or an event on its way to another system.
-- distribute by city_id
create table notices.delivery (
  city_id     uuid not null,
  id          uuid not null,
  notice_id   uuid,
  webhook_id  uuid,
  channel     text not null check (channel in ('push', 'mail', 'webhook')),
  state       text not null check (state in ('waiting', 'sent', 'failed')),
  -- Quiet hours and pauses between tries.
  not_before  timestamptz not null,
  tries       integer not null default 0,
  last_error  text,
  body        jsonb,
  made_at     timestamptz not null,
  sent_at     timestamptz,
  primary key (city_id, id),
  check ((channel = 'webhook') = (webhook_id is not null))
);
create index delivery_waiting on notices.delivery (city_id, not_before) where state = 'waiting';
create index delivery_webhook on notices.delivery (city_id, webhook_id, made_at desc) where webhook_id is not null;

-- How a person wants to be told. Without a row: in the pages, and on devices that were registered.
-- distribute by city_id
create table notices.preference (
  city_id      uuid not null,
  account_id   uuid not null,
  push         boolean not null,
  mail_address text,
  quiet_from   text not null check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to     text not null check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  muted        text[] not null default '{}',
  changed_at   timestamptz not null,
  primary key (city_id, account_id)
);

-- A browser that agreed to be told (Web Push).
-- distribute by city_id
create table notices.device (
  city_id    uuid not null,
  id         uuid not null,
  account_id uuid not null,
  endpoint   text not null,
  p256dh     text not null,
  auth       text not null,
  name       text not null,
  added_at   timestamptz not null,
  primary key (city_id, id),
  unique (city_id, endpoint)
);
create index device_of on notices.device (city_id, account_id);

-- The key pair by which push services know this installation. Made once.
-- distribute by city_id
create table notices.push_key (
  city_id     uuid not null,
  public_key  text not null,
  private_key text not null,
  primary key (city_id)
);

-- Another system that is told: an address, a secret for the signature, and what it wants to hear.
-- distribute by city_id
create table notices.webhook (
  city_id    uuid not null,
  id         uuid not null,
  name       text not null,
  url        text not null,
  secret     text,
  format     text not null check (format in ('guatu', 'wecom', 'dingtalk')),
  kinds      text[] not null,
  is_active  boolean not null,
  changed_at timestamptz not null,
  primary key (city_id, id)
);

-- When people are reminded and whom it goes up to: every version a city has used; without a row the shipped rules hold.
-- distribute by city_id
create table notices.rule_version (
  city_id    uuid not null,
  version    integer not null check (version >= 1),
  rules      jsonb not null,
  reason     text not null,
  actor_id   text not null,
  actor_name text not null,
  at         timestamptz not null,
  primary key (city_id, version)
);
