-- What a user of dashboards needs, and no more: to read. psql replaces :"schema", :"owner" (who makes
-- tables there, by migrations) and :"reader"; see README.md.
grant usage on schema :"schema" to :"reader";
grant select on all tables in schema :"schema" to :"reader";

-- Of tables that are to come; it may be before the first migration.
alter default privileges for role :"owner" in schema :"schema" grant select on tables to :"reader";
