create schema if not exists publications;

-- A bulletin: written by the rules of a template from a sealed edition, edited by people, released once and never changed
-- after that. A restated edition gives another row with the next issue, which names the one it replaces.
-- distribute by city_id
create table publications.publication (
  city_id          uuid not null,
  id               uuid not null,
  template         text not null,
  -- 0: as shipped; else the city's own version.
  template_version integer not null check (template_version >= 0),
  period           text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  -- 版次 of this bulletin, from 1.
  issue            integer not null check (issue >= 1),
  state            text not null default 'draft' check (state in ('draft', 'releasing', 'released', 'discarded')),
  edition_id       uuid not null,
  edition_version  integer not null,
  edition_hash     text not null,
  -- 发文字号.
  number           text,
  -- 更正说明: what a second issue says about why it is there.
  note             text,
  replaces_id      uuid,
  -- First line of the list; worked out whenever the text is kept.
  title            text not null,
  content          jsonb not null,
  -- Counts every change of a draft: who saves on top of an older one is told.
  draft_version    integer not null default 1,
  -- Issuer, day, correction: what files say besides the text. Fixed when it is released.
  imprint          jsonb,
  -- Why the last release did not come about.
  problem          text,
  created_at       timestamptz not null,
  created_by       text not null,
  created_by_name  text not null,
  edited_at        timestamptz not null,
  edited_by_name   text not null,
  released_at      timestamptz,
  released_by      text,
  released_by_name text,
  primary key (city_id, id),
  unique (city_id, template, period, issue),
  foreign key (city_id, replaces_id) references publications.publication (city_id, id),
  check (state <> 'released' or (released_at is not null and imprint is not null))
);
create index publication_period on publications.publication (city_id, period desc, template);
-- Two drafts of one bulletin would race for the same issue.
create unique index publication_draft on publications.publication (city_id, template, period) where state in ('draft', 'releasing');

-- The files of a released bulletin, kept by their hash: whatever the program does later, these bytes are handed out.
-- distribute by city_id
create table publications.file (
  city_id        uuid not null,
  publication_id uuid not null,
  product        text not null,
  file_id        text not null,
  name           text not null,
  size           integer not null,
  primary key (city_id, publication_id, product),
  foreign key (city_id, publication_id) references publications.publication (city_id, id)
);

-- What happened to a bulletin, in order.
-- distribute by city_id
create table publications.publication_event (
  city_id        uuid not null,
  id             uuid not null,
  publication_id uuid not null,
  kind           text not null check (kind in ('created', 'refreshed', 'rewritten', 'signed', 'released', 'failed', 'discarded')),
  by_id          text not null,
  by_name        text not null,
  at             timestamptz not null,
  note           text,
  primary key (city_id, id),
  foreign key (city_id, publication_id) references publications.publication (city_id, id)
);
create index publication_event_of on publications.publication_event (city_id, publication_id, at);

-- A city's own version of a template. Never updated; the highest version counts.
-- distribute by city_id
create table publications.template_version (
  city_id  uuid not null,
  code     text not null,
  version  integer not null check (version >= 1),
  template jsonb not null,
  reason   text not null,
  by_id    text not null,
  by_name  text not null,
  at       timestamptz not null,
  primary key (city_id, code, version)
);

-- A feed of one person: only the hash of its address is kept.
-- distribute by city_id
create table publications.feed (
  city_id    uuid not null,
  account_id text not null,
  token_hash text not null,
  made_at    timestamptz not null,
  primary key (city_id, account_id)
);
create unique index feed_token on publications.feed (city_id, token_hash);

-- Bulletins that were released, for modules that name them.
create view publications.pub_publication with (security_invoker = true) as
  select city_id, id, template, period, issue, title, number, edition_id, edition_version, replaces_id, released_at
  from publications.publication where state = 'released';
