-- What a job's own user needs, and no more. psql replaces :"schema" and :"writer"; see README.md.
grant usage on schema :"schema" to :"writer";
grant select on :"schema".tailrace_schema_history to :"writer";

-- sinks.decisions: rows are written once, and deleted when their time is over.
grant select, insert, delete on :"schema".apm_sampling_decision to :"writer";

-- sinks.inventory: rows are written anew as long as their things are seen.
grant select, insert, update, delete on
    :"schema".apm_topo_node,
    :"schema".apm_endpoint,
    :"schema".apm_root_endpoint,
    :"schema".apm_host,
    :"schema".apm_instance,
    :"schema".apm_relation,
    :"schema".apm_remote_service_relation
to :"writer";

-- sinks.metrics: a day is a partition, and only a table's owner may make and drop one. The views are
-- the owner's too, for what a view reads it reads with its owner's privileges.
grant create on schema :"schema" to :"writer";
alter table :"schema".apm_metric_red owner to :"writer";
alter table :"schema".apm_metric_edge owner to :"writer";
alter view :"schema".apm_metric_red_ratios owner to :"writer";
alter view :"schema".apm_metric_edge_ratios owner to :"writer";
