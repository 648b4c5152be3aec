create schema if not exists meetings;

-- One meeting as it stands now. Numbers count within a year for each convener; the one before it in that row is `previous_id`.
-- distribute by city_id
create table meetings.meeting (
  city_id uuid not null,
  id uuid not null,
  kind text not null,
  year int not null,
  no int not null,
  title text not null,
  state text not null check (state in ('planned', 'agendaFixed', 'held', 'circulated', 'issued', 'archived', 'cancelled')),
  starts_at timestamptz not null,
  held_on date not null,
  place text not null,
  lng double precision,
  lat double precision,
  chair_name text not null,
  convener_unit_id uuid not null,
  previous_id uuid,
  -- What stands above the items in the minutes.
  preamble text not null default '',
  -- From this the code on the screen is made: it is never sent to anybody.
  attend_secret text not null,
  agenda_fixed_at timestamptz,
  closed_at timestamptz,
  circulated_at timestamptz,
  objections_until timestamptz,
  issued_at timestamptz,
  issued_on date,
  document_no text,
  made_by_name text not null,
  made_at timestamptz not null,
  demo boolean not null default false,
  version int not null default 1,
  primary key (city_id, id),
  unique (city_id, convener_unit_id, kind, year, no)
);
create index meeting_on on meetings.meeting (city_id, held_on desc);

-- Units that take part. Who is none of them, nor the convener, does not learn that the meeting exists.
-- distribute by city_id
create table meetings.participant (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  unit_id uuid not null,
  -- 出席 or 列席.
  role text not null check (role in ('attend', 'sitIn')),
  -- Who is expected, in words of the convener: a name, a post.
  person_name text,
  position int not null,
  -- Said beforehand or at the door.
  absence text check (absence in ('excused', 'absent')),
  absence_reason text,
  deputy_name text,
  primary key (city_id, id),
  unique (city_id, meeting_id, unit_id)
);
create index participant_of_unit on meetings.participant (city_id, unit_id, meeting_id);

-- Who confirmed at the door, once each.
-- distribute by city_id
create table meetings.attendance (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  participant_id uuid not null,
  account_id text not null,
  name text not null,
  at timestamptz not null,
  is_late boolean not null,
  way text not null check (way in ('code', 'hand')),
  is_deputy boolean not null default false,
  primary key (city_id, id),
  unique (city_id, meeting_id, account_id)
);

-- One page of the meeting. `figures` is what the page shows, as of the moment when the agenda was fixed.
-- distribute by city_id
create table meetings.agenda_item (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  position int not null,
  source text not null check (source in ('followUp', 'late', 'warn', 'overdue', 'request', 'hand')),
  title text not null,
  project_id uuid,
  matter_id uuid,
  presenter_unit_id uuid,
  minutes int not null check (minutes between 1 and 240),
  why jsonb not null default '[]',
  figures jsonb,
  as_of timestamptz,
  primary key (city_id, id)
);
create index agenda_item_of on meetings.agenda_item (city_id, meeting_id, position);

-- What was typed to an item during the meeting.
-- distribute by city_id
create table meetings.minute (
  city_id uuid not null,
  meeting_id uuid not null,
  item_id uuid not null,
  text text not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  version int not null,
  primary key (city_id, item_id)
);
create index minute_of on meetings.minute (city_id, meeting_id);

-- 议定事项. Issued with the minutes it becomes a matter of the ledger, whose origin it stays.
-- distribute by city_id
create table meetings.decision (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  item_id uuid not null,
  no int not null,
  title text not null,
  lead_unit_id uuid,
  co_unit_ids uuid[] not null default '{}',
  due_on date,
  -- The line it was made of, and what in it named no unit and no day.
  line text not null,
  unknown text[] not null default '{}',
  due_words text,
  due_open text,
  project_id uuid,
  matter_id uuid,
  matter_no text,
  is_dropped boolean not null default false,
  version int not null default 1,
  primary key (city_id, id),
  unique (city_id, meeting_id, no)
);

-- distribute by city_id
create table meetings.objection (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  decision_id uuid,
  unit_id uuid not null,
  text text not null,
  by_name text not null,
  at timestamptz not null,
  state text not null check (state in ('open', 'adopted', 'declined')),
  answer text,
  answered_by_name text,
  answered_at timestamptz,
  primary key (city_id, id)
);
create index objection_of on meetings.objection (city_id, meeting_id);

-- Everything that was done to a meeting. Only ever added to.
-- distribute by city_id
create table meetings.event (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  act text not null,
  text text,
  payload jsonb not null default '{}',
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id)
);
create index event_of on meetings.event (city_id, meeting_id, at);

-- 观摩: points and their weights as data. `result` is the ranking as it was published.
-- distribute by city_id
create table meetings.observation (
  city_id uuid not null,
  meeting_id uuid not null,
  criteria jsonb not null,
  scale text not null check (scale in ('hundred', 'stars')),
  state text not null check (state in ('preparing', 'open', 'closed', 'published')),
  result jsonb,
  published_at timestamptz,
  version int not null default 1,
  primary key (city_id, meeting_id)
);

-- distribute by city_id
create table meetings.stop (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  position int not null,
  project_id uuid not null,
  planned_at timestamptz not null,
  note text,
  primary key (city_id, id),
  unique (city_id, meeting_id, project_id)
);

-- One observer's score of one stop; while scoring is open it may be changed.
-- distribute by city_id
create table meetings.score (
  city_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  stop_id uuid not null,
  account_id text not null,
  observer_name text not null,
  unit_id uuid,
  points jsonb not null,
  -- Weighted, in hundredths of a point: exact.
  total int not null,
  comment text,
  file_id text,
  at timestamptz not null,
  primary key (city_id, id),
  unique (city_id, stop_id, account_id)
);
create index score_of on meetings.score (city_id, meeting_id);

create view meetings.pub_meeting with (security_invoker = true) as
  select city_id, id, kind, year, no, title, state, starts_at, held_on, place, convener_unit_id, previous_id, issued_on, demo from meetings.meeting;
create view meetings.pub_decision with (security_invoker = true) as
  select city_id, id, meeting_id, no, title, lead_unit_id, due_on, project_id, matter_id, is_dropped from meetings.decision;
