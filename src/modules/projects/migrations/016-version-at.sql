-- What was changed since a moment: a table of a past day reads the history of these projects only.
create index project_version_at on projects.project_version (city_id, at);
