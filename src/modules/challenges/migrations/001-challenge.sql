create schema if not exists challenges;

-- 榜单: challenges published together, with what holds for all of them.
-- distribute by city_id
create table challenges.batch (
  city_id uuid not null,
  id uuid not null,
  title text not null,
  year int not null,
  -- 发榜方: a challenge may name a unit below it as its owner.
  publisher_unit_id uuid not null,
  -- One open award for each taker in this batch.
  is_single_award boolean not null,
  -- Who sees the public fields of its published challenges: everybody in the city, or the publisher's own part of the tree.
  audience text not null check (audience in ('city', 'unit')),
  publicity_days int not null check (publicity_days between 1 and 60),
  rules text not null,
  source text,
  made_by_name text not null,
  made_at timestamptz not null,
  version int not null default 1,
  demo boolean not null default false,
  primary key (city_id, id)
);

-- One 榜. `terms` is what is published; from publication on it never changes, what was agreed later stands in pledges.
-- distribute by city_id
create table challenges.challenge (
  city_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  no text not null,
  title text not null,
  owner_unit_id uuid not null,
  verifier_unit_id uuid,
  state text not null check (state in ('draft', 'published', 'publicity', 'awarded', 'signed', 'claimed', 'verified', 'rewarded', 'failed', 'excused', 'exited', 'withdrawn', 'lapsed')),
  terms jsonb not null,
  published_on date,
  publicity_from date,
  publicity_until date,
  signed_on date,
  due_on date,
  ended_on date,
  made_by_name text not null,
  made_at timestamptz not null,
  version int not null default 1,
  demo boolean not null default false,
  primary key (city_id, id),
  unique (city_id, no),
  foreign key (city_id, batch_id) references challenges.batch (city_id, id)
);
create index challenge_of_batch on challenges.challenge (city_id, batch_id);

-- Numbers of each year, in order and never twice.
-- distribute by city_id
create table challenges.number_series (
  city_id uuid not null,
  year int not null,
  last int not null,
  primary key (city_id, year)
);

-- 支持事项: what the publisher promised; from the signing on a matter of the ledger with its own limit.
-- distribute by city_id
create table challenges.support (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  position int not null,
  title text not null,
  unit_id uuid not null,
  due_on date not null,
  matter_id uuid,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);
create index support_of on challenges.support (city_id, challenge_id);

-- 揭榜申请. Sealed until the day of closing has passed: neither the owner nor other bidders read it before.
-- distribute by city_id
create table challenges.bid (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  -- The unit of the platform that speaks for all its members.
  lead_unit_id uuid not null,
  promise text not null,
  plan text not null,
  contact text not null,
  file_id text,
  file_name text,
  state text not null check (state in ('submitted', 'withdrawn', 'chosen', 'notChosen')),
  score text,
  reason text,
  submitted_on date not null,
  submitted_by text not null,
  submitted_by_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);
create index bid_of on challenges.bid (city_id, challenge_id);
create unique index bid_chosen on challenges.bid (city_id, challenge_id) where state = 'chosen';

-- 揭榜方: units, firms and named persons of one bid; several are a consortium. `key` says who is the same in two bids.
-- distribute by city_id
create table challenges.taker (
  city_id uuid not null,
  bid_id uuid not null,
  position int not null,
  kind text not null check (kind in ('unit', 'firm', 'person')),
  name text not null,
  unit_id uuid,
  credit_code text,
  key text not null,
  primary key (city_id, bid_id, position),
  foreign key (city_id, bid_id) references challenges.bid (city_id, id)
);
create index taker_key on challenges.taker (city_id, key);
create index taker_unit on challenges.taker (city_id, unit_id);

-- 公示异议.
-- distribute by city_id
create table challenges.objection (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  unit_id uuid,
  text text not null,
  filed_on date not null,
  filed_by text not null,
  filed_by_name text not null,
  state text not null check (state in ('open', 'upheld', 'rejected')),
  answer text,
  decided_on date,
  decided_by_name text,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);
create index objection_of on challenges.objection (city_id, challenge_id);

-- 军令状 and its signed adjustments: the content is frozen when drafted, and counts when both have signed.
-- distribute by city_id
create table challenges.pledge (
  city_id uuid not null,
  challenge_id uuid not null,
  seq int not null,
  content jsonb not null,
  hash text not null,
  reason text,
  drafted_on date not null,
  drafted_by_name text not null,
  publisher_signed_on date,
  publisher_signer text,
  taker_signed_on date,
  taker_signer text,
  primary key (city_id, challenge_id, seq),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);

-- Milestones of the pledge that were reached, each with its evidence.
-- distribute by city_id
create table challenges.milestone (
  city_id uuid not null,
  challenge_id uuid not null,
  position int not null,
  reached_on date not null,
  note text not null,
  file_id text,
  file_name text,
  by_name text not null,
  at timestamptz not null,
  primary key (city_id, challenge_id, position),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);

-- Values month by month, exact. A number typed by the taker is `selfReported` until somebody else accepts it against a document.
-- distribute by city_id
create table challenges.value (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  period text not null check (period ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  as_of date not null,
  n text not null,
  d text not null,
  basis text not null check (basis in ('indicator', 'filing', 'selfReported')),
  state text not null check (state in ('open', 'accepted', 'returned')),
  note text,
  file_id text,
  file_name text,
  -- What it was read from or accepted against.
  document text,
  entered_by text not null,
  entered_by_name text not null,
  at timestamptz not null,
  decided_by_name text,
  decided_on date,
  decided_note text,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id),
  check (basis = 'selfReported' or state = 'accepted')
);
create index value_of on challenges.value (city_id, challenge_id, as_of);

-- What was established or decided, for good: baselines, reviews, selections, verifications, rewards and every kind of end.
-- distribute by city_id
create table challenges.ruling (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  kind text not null check (kind in ('baseline', 'review', 'selection', 'verification', 'reward', 'exit', 'excuse', 'withdraw', 'lapse')),
  on_day date not null,
  text text not null,
  basis text,
  payload jsonb not null,
  hash text not null,
  file_id text,
  file_name text,
  by_id text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);
create index ruling_of on challenges.ruling (city_id, challenge_id, at);

-- The course of a challenge, one line for each act; only added to.
-- distribute by city_id
create table challenges.event (
  city_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  act text not null,
  from_state text,
  to_state text not null,
  text text,
  side text not null check (side in ('publisher', 'taker', 'verifier', 'decider', 'other')),
  actor_id text not null,
  actor_name text not null,
  on_day date not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, challenge_id) references challenges.challenge (city_id, id)
);
create index event_of on challenges.event (city_id, challenge_id, at);
