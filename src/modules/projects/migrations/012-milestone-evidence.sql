-- What shows that a milestone was reached: a file or photograph with a note, who brought it and when. Only ever added to.
-- distribute by city_id
create table projects.milestone_evidence (
  city_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  milestone_id uuid not null,
  reached_on date not null,
  file_id text not null,
  file_name text not null,
  file_type text not null,
  note text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, project_id) references projects.project (city_id, id),
  foreign key (city_id, milestone_id) references projects.milestone (city_id, id)
);
create index milestone_evidence_of on projects.milestone_evidence (city_id, project_id, at desc);
