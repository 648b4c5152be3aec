create schema if not exists ledger;

-- One matter (事项): a problem, a task, an instruction, a decision, a finding or a commitment, as it stands now. How it came
-- to stand so is in ledger.event. Colours are no column: the three days say from when each one shows.
-- distribute by city_id
create table ledger.matter (
  city_id uuid not null,
  id uuid not null,
  no text not null,
  kind text not null check (kind in ('problem', 'task', 'instruction', 'decision', 'finding', 'commitment')),
  track text not null check (track in ('assigned', 'onSpot')),
  title text not null,
  initials text not null,
  -- Every two neighbouring characters of the title and of its initials; 002 keeps them as rows that a search finds by equality.
  grams text[] not null,
  body text not null default '',
  category text not null,
  urgency text not null check (urgency in ('urgent', 'normal', 'hard')),
  source_kind text not null check (source_kind in ('self', 'site', 'meeting', 'inspection', 'public', 'document', 'leader', 'platform', 'duty')),
  source_title text,
  source_ref text,
  source_on date,
  project_id uuid,
  level text not null check (level in ('project', 'county', 'command', 'headquarters')),
  level_since date not null,
  lead_unit_id uuid,
  lead_leader_id uuid,
  handler_name text,
  verifier_unit_id uuid,
  template text not null,
  -- Set once, when the matter is issued, and by nothing afterwards.
  due_original date,
  due_current date,
  state text not null check (state in ('draft', 'issued', 'signed', 'working', 'claimed', 'verifying', 'returned', 'suspended', 'reopened', 'closed', 'void')),
  -- The state before a suspension: there it goes on.
  resting_from text check (resting_from in ('issued', 'signed', 'working', 'returned', 'reopened')),
  resume_on date,
  raised_on date not null,
  raised_by text not null,
  raised_by_name text not null,
  issued_at timestamptz,
  issued_on date,
  signed_at timestamptz,
  signed_on date,
  signed_by_name text,
  -- The last day on which the lead unit reported anything.
  progress_on date,
  claimed_at timestamptz,
  claimed_on date,
  closed_at timestamptz,
  closed_on date,
  close_reason text,
  returns int not null default 0,
  extensions int not null default 0,
  reopens int not null default 0,
  returned_on date,
  extended_on date,
  -- When the lead leader was told last, after two returns.
  leader_told_on date,
  blue_on date,
  yellow_on date,
  red_on date,
  blue_why text,
  yellow_why text,
  red_why text,
  parent_id uuid,
  origin_module text,
  origin_id uuid,
  demo boolean not null default false,
  version int not null default 1,
  primary key (city_id, id),
  unique (city_id, no)
);
create index matter_of_lead on ledger.matter (city_id, lead_unit_id, due_current) where state not in ('closed', 'void');
create index matter_open on ledger.matter (city_id, red_on) where state not in ('draft', 'closed', 'void', 'suspended');
create index matter_of_project on ledger.matter (city_id, project_id) where project_id is not null;
create index matter_of_leader on ledger.matter (city_id, lead_leader_id) where lead_leader_id is not null;
create index matter_of_parent on ledger.matter (city_id, parent_id) where parent_id is not null;
create index matter_of_origin on ledger.matter (city_id, origin_module, origin_id) where origin_module is not null;
create index matter_raised on ledger.matter (city_id, raised_on desc, id);
create index matter_state on ledger.matter (city_id, state);

-- What only one kind of matter has: a table each.
-- distribute by city_id
create table ledger.problem (
  city_id uuid not null,
  matter_id uuid not null,
  found_on date not null,
  place text,
  measures text,
  primary key (city_id, matter_id)
);

-- distribute by city_id
create table ledger.task (
  city_id uuid not null,
  matter_id uuid not null,
  target text,
  quantity numeric,
  quantity_unit text,
  primary key (city_id, matter_id)
);

-- distribute by city_id
create table ledger.instruction (
  city_id uuid not null,
  matter_id uuid not null,
  leader_name text not null,
  given_on date not null,
  words text not null,
  document_no text,
  primary key (city_id, matter_id)
);

-- distribute by city_id
create table ledger.decision (
  city_id uuid not null,
  matter_id uuid not null,
  meeting text not null,
  held_on date not null,
  item_no int,
  primary key (city_id, matter_id)
);

-- distribute by city_id
create table ledger.finding (
  city_id uuid not null,
  matter_id uuid not null,
  found_on date not null,
  inspection text not null,
  group_name text,
  object_name text not null,
  object_code text,
  measures text,
  primary key (city_id, matter_id)
);

-- distribute by city_id
create table ledger.commitment (
  city_id uuid not null,
  matter_id uuid not null,
  promised_by text not null,
  promised_on date not null,
  what text not null check (what in ('start', 'complete', 'produce', 'pay', 'other')),
  amount_yuan bigint,
  primary key (city_id, matter_id)
);

-- Every unit that is a party and why. Who is none of them sees nothing.
-- distribute by city_id
create table ledger.party (
  city_id uuid not null,
  matter_id uuid not null,
  unit_id uuid not null,
  role text not null check (role in ('lead', 'co', 'raiser', 'verifier', 'watch', 'firm')),
  -- What a co-responsible unit gave to the lead.
  contribution text,
  contributed_on date,
  contributed_by_name text,
  primary key (city_id, matter_id, unit_id, role)
);
create index party_of_unit on ledger.party (city_id, unit_id, matter_id);

-- Everything that was ever done to a matter. Only ever added to.
-- distribute by city_id
create table ledger.event (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  seq int not null,
  act text not null,
  from_state text,
  to_state text not null,
  on_day date not null,
  text text,
  payload jsonb not null default '{}',
  actor_id text not null,
  actor_name text not null,
  actor_unit_id uuid,
  at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, matter_id, seq)
);
create index event_at on ledger.event (city_id, at);
create index event_of_act on ledger.event (city_id, act, on_day);

-- What shows that it was done. A picture that another matter holds too names it in `also_in`.
-- distribute by city_id
create table ledger.evidence (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  event_id uuid not null,
  kind text not null check (kind in ('photoBefore', 'photoAfter', 'photo', 'document', 'figure', 'statement')),
  file_id text,
  name text not null,
  words text,
  amount numeric,
  -- The picture's difference hash, and its eight bytes with their places: two pictures alike have one of them in common.
  -- No index: array operators stay above row-level security, and a claim brings few pictures to compare.
  picture_hash text,
  picture_bands text[],
  -- The round of the claim it was brought for; a returned claim needs evidence that is new.
  round int not null,
  also_in uuid,
  added_by text not null,
  added_by_name text not null,
  added_at timestamptz not null,
  primary key (city_id, id)
);
create index evidence_of on ledger.evidence (city_id, matter_id);
create index evidence_file on ledger.evidence (city_id, file_id) where file_id is not null;

-- distribute by city_id
create table ledger.verification (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  round int not null,
  method text not null check (method in ('onSite', 'document', 'photo', 'sample', 'parts')),
  result text not null check (result in ('passed', 'failed')),
  note text not null,
  batch_id uuid,
  verifier_id text not null,
  verifier_name text not null,
  verifier_unit_id uuid,
  at timestamptz not null,
  primary key (city_id, id)
);
create index verification_of on ledger.verification (city_id, matter_id, at);

-- distribute by city_id
create table ledger.extension (
  city_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  due_before date not null,
  due_asked date not null,
  reason text not null,
  file_id text,
  state text not null check (state in ('asked', 'granted', 'refused')),
  asked_on date not null,
  asked_by text not null,
  asked_by_name text not null,
  decided_on date,
  decided_by_name text,
  decided_note text,
  primary key (city_id, id)
);
create index extension_of on ledger.extension (city_id, matter_id);
create unique index extension_open on ledger.extension (city_id, matter_id) where state = 'asked';

-- Points on the way: stages of a supervision template, 形象进度 of quarters. A mark says how good the report was.
-- distribute by city_id
create table ledger.node (
  city_id uuid not null,
  matter_id uuid not null,
  code text not null,
  title text not null,
  due_on date not null,
  done_on date,
  report text,
  mark text check (mark in ('excellent', 'good', 'passable', 'failed')),
  marked_by_name text,
  primary key (city_id, matter_id, code)
);
create index node_due on ledger.node (city_id, due_on) where done_on is null;

-- distribute by city_id
create table ledger.link (
  city_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  rel text not null check (rel in ('splitFrom', 'mergedInto', 'duplicateOf', 'supports', 'causedBy', 'blockedBy')),
  note text,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, from_id, to_id, rel)
);
create index link_to on ledger.link (city_id, to_id);

-- The colour of a matter from a day on, kept each time it changes: what lists showed on any past day.
-- distribute by city_id
create table ledger.light_day (
  city_id uuid not null,
  matter_id uuid not null,
  from_day date not null,
  light text not null check (light in ('normal', 'blue', 'yellow', 'red', 'idle', 'done')),
  why text,
  primary key (city_id, matter_id, from_day)
);

-- A draw among claimed matters, repeatable by anybody: the ids ordered by sha256 of seed and number, the first ones drawn.
-- distribute by city_id
create table ledger.sample (
  city_id uuid not null,
  id uuid not null,
  seed text not null,
  population_hash text not null,
  state text not null check (state in ('open', 'passed', 'failed')),
  drawn_by text not null,
  drawn_by_name text not null,
  drawn_at timestamptz not null,
  closed_at timestamptz,
  primary key (city_id, id)
);

-- distribute by city_id
create table ledger.sample_member (
  city_id uuid not null,
  sample_id uuid not null,
  matter_id uuid not null,
  is_drawn boolean not null,
  result text check (result in ('passed', 'failed')),
  primary key (city_id, sample_id, matter_id)
);
create index sample_of on ledger.sample_member (city_id, matter_id);

-- Numbers are given in order and never twice: 问〔2021〕17号.
-- distribute by city_id
create table ledger.number_series (
  city_id uuid not null,
  code text not null,
  year int not null,
  last int not null,
  primary key (city_id, code, year)
);

-- A city's own limits beside the shipped ones.
-- distribute by city_id
create table ledger.template_version (
  city_id uuid not null,
  code text not null,
  version int not null,
  template jsonb not null,
  reason text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, code, version)
);

-- distribute by city_id
create table ledger.saved_view (
  city_id uuid not null,
  id uuid not null,
  account_id text not null,
  name text not null,
  query jsonb not null,
  at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, account_id, name)
);

-- A calendar feed of one person: only the hash of its address is kept.
-- distribute by city_id
create table ledger.feed (
  city_id uuid not null,
  account_id text not null,
  token_hash text not null,
  made_at timestamptz not null,
  primary key (city_id, account_id)
);
create unique index feed_token on ledger.feed (city_id, token_hash);

create view ledger.pub_matter with (security_invoker = true) as
  select city_id, id, no, kind, track, title, initials, category, urgency, source_kind, source_title, source_ref, source_on, project_id, level, level_since,
    lead_unit_id, lead_leader_id, verifier_unit_id, template, due_original, due_current, state, resume_on, raised_on, raised_by, issued_at, issued_on,
    signed_at, signed_on, progress_on, claimed_at, claimed_on, closed_at, closed_on, returns, extensions, reopens, blue_on, yellow_on, red_on,
    blue_why, yellow_why, red_why, parent_id, origin_module, origin_id, demo
  from ledger.matter;
create view ledger.pub_party with (security_invoker = true) as
  select city_id, matter_id, unit_id, role, contributed_on from ledger.party;
create view ledger.pub_event with (security_invoker = true) as
  select city_id, id, matter_id, seq, act, from_state, to_state, on_day, text, payload, actor_id, actor_name, actor_unit_id, at from ledger.event;
create view ledger.pub_node with (security_invoker = true) as
  select city_id, matter_id, code, title, due_on, done_on, report, mark from ledger.node;
create view ledger.pub_evidence with (security_invoker = true) as
  select city_id, id, matter_id, kind, file_id, name, round, also_in, added_at from ledger.evidence;
create view ledger.pub_verification with (security_invoker = true) as
  select city_id, id, matter_id, round, method, result, note, verifier_id, verifier_name, verifier_unit_id, at from ledger.verification;
create view ledger.pub_extension with (security_invoker = true) as
  select city_id, id, matter_id, due_before, due_asked, reason, state, asked_on, decided_on from ledger.extension;
create view ledger.pub_task with (security_invoker = true) as
  select city_id, matter_id, target, quantity, quantity_unit from ledger.task;
