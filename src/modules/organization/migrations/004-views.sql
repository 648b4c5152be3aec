-- What other modules may join with. security_invoker keeps row-level security in force behind the view.
create view organization.pub_unit with (security_invoker = true) as
  select city_id, id, name, short_name, kind, parent_id, region_code, valid_from, valid_to, successor_id, position, initials
  from organization.unit;

create view organization.pub_unit_closure with (security_invoker = true) as
  select city_id, ancestor_id, descendant_id, from_day, to_day
  from organization.unit_closure;

create view organization.pub_region with (security_invoker = true) as
  select city_id, code, name, short_name, kind, parent_code, edition_year, position, valid_to, initials
  from organization.region;

create view organization.pub_person with (security_invoker = true) as
  select city_id, id, name, initials, valid_from, valid_to
  from organization.person;

create view organization.pub_post with (security_invoker = true) as
  select city_id, id, person_id, unit_id, title, leader_order, valid_from, valid_to
  from organization.post;
