-- Since when a submitted filing waits at its level: the moment of its submission, or of the pass that handed it up.
alter table filings.filing add column level_since timestamptz;

-- Filings that wait, by level: the queue of a reviewer and the board by level.
create index filing_waiting on filings.filing (city_id, level, cycle_id) where state = 'submitted';
