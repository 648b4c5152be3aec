create schema if not exists readings;

-- A decision may be taken back with a reason: one more row, the earlier ones stay.
alter table readings.decision drop constraint decision_decision_check;
alter table readings.decision add constraint decision_decision_check check (decision in ('accept', 'reject', 'revoke'));

-- What came of it is marked, never deleted.
alter table readings.change drop constraint change_state_check;
alter table readings.change add constraint change_state_check check (state in ('waiting', 'applied', 'refused', 'withdrawn'));
alter table readings.promise add column withdrawn_at timestamptz;
alter table readings.promise add column withdrawn_by_name text;
alter table readings.promise add column withdrawn_reason text;
alter table readings.alias add column ended_by_name text;
alter table readings.alias add column ended_reason text;

-- Promises with the document that makes them, of documents that were not withdrawn; those that were taken back do not count.
create or replace view readings.pub_promise with (security_invoker = true) as
  select p.city_id, p.id, p.document_id, d.title as document_title, p.project_id, p.project_name, p.what, p.by_day, p.amount_yuan, p.hedge,
    p.speaker, p.said_on, p.text, p.demo
  from readings.promise p join readings.document d on d.city_id = p.city_id and d.id = p.document_id
  where d.withdrawn_at is null and p.withdrawn_at is null;
