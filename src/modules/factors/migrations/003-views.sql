-- Amounts as exact decimals in the unit of the category.
create view factors.pub_need with (security_invoker = true) as
  select city_id, project_id, category, demand / power(10::numeric, decimals) as demand,
         supplied / power(10::numeric, decimals) as supplied, promised_on, promised_original, unit_id, person_name, state
    from factors.need;

create view factors.pub_lamp with (security_invoker = true) as
  select city_id, project_id, light, cause, category, as_of, since from factors.lamp;
