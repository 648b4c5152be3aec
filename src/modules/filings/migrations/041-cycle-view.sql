-- With the form a cycle was opened with: what is asked of whom, for the page of the burden.
create or replace view filings.pub_cycle with (security_invoker = true) as
  select city_id, id, kind, period, due_at, opened_at, form_version, state from filings.cycle;
