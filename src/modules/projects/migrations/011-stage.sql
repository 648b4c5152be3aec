-- 缓建 and 退库 join the stages.
alter table projects.project drop constraint project_stage_check;
alter table projects.project add constraint project_stage_check check (stage in ('reserve', 'signed', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity', 'suspended', 'delayed', 'terminated', 'withdrawn'));

-- Where a project is in its life, as the register has it: what `lifecycle` compares its gates with.
create view projects.pub_stage with (security_invoker = true) as
  select city_id, id as project_id, stage, stage_dates, board, tiers, parent_id, child_count, start_actual, start_actual_precision,
         finish_actual, finish_actual_precision, enrolled, enrolled_on, created_at
    from projects.project;
