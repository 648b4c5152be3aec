-- What was stated in a version, for tables of other modules: the words beside the amounts, and who filed it.
create view filings.pub_version with (security_invoker = true) as
  select city_id, filing_id, seq, content ->> 'imageProgress' as image_progress, content ->> 'problems' as problems,
    content ->> 'cause' as cause, content ->> 'nextSteps' as next_steps, submitted_at, submitted_by_name, lateness_seconds, source
  from filings.filing_version;

-- Which months each city has opened, and how many filings each asks for.
create view filings.pub_cycle with (security_invoker = true) as
  select city_id, id, kind, period, due_at, opened_at from filings.cycle;
