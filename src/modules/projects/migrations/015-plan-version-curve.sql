-- A table of a past day compares months with the curve of the plan as it stood then.
create or replace view projects.pub_plan_version with (security_invoker = true) as
  select city_id, project_id, year, version, plan_yuan, effective_on, reason, approver, at, curve from projects.plan_version;
