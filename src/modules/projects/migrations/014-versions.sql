-- What a project's row and its plans were: rates against 年初计划 and tables of past days read these.
-- `fields` is the row as people entered it after the change (ProjectFields of the contract).
create view projects.pub_project_version with (security_invoker = true) as
  select city_id, project_id, version, at, fields from projects.project_version;

create view projects.pub_plan_version with (security_invoker = true) as
  select city_id, project_id, year, version, plan_yuan, effective_on, reason, approver, at from projects.plan_version;
