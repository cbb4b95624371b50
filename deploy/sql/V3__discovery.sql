-- What runs and who calls whom, one row a thing of an application. A row is written anew while its
-- thing is seen, and deleted when it was not for long. Each is told apart by a hash of what makes
-- it out, for several names together may be larger than an entry of an index.

-- Services, the components that they use, and remote services.
create table apm_topo_node (
    biz_id          bigint not null,
    app_name        text not null,
    topo_key        text not null,
    kind            text not null,
    category        text not null,
    predicate_value text not null,
    language        text not null,
    system          jsonb not null,
    platform        text not null,
    sdk             jsonb not null,
    permanent       boolean not null default false,
    first_seen      timestamptz not null,
    last_seen       timestamptz not null,
    expires_at      timestamptz not null,
    category_rule   integer not null,
    id              uuid primary key
);

-- A node by its name; then all of an application.
create index apm_topo_node_topo_key on apm_topo_node (topo_key);
create index apm_topo_node_application on apm_topo_node (biz_id, app_name);
create index apm_topo_node_expires_at on apm_topo_node (expires_at);

-- What is called, and what calls.
create table apm_endpoint (
    biz_id              bigint not null,
    app_name            text not null,
    endpoint_name       text not null,
    service_name        text not null,
    category_id         text not null,
    category_kind_key   text not null,
    category_kind_value text not null,
    span_kind           smallint not null,
    permanent           boolean not null default false,
    first_seen          timestamptz not null,
    last_seen           timestamptz not null,
    expires_at          timestamptz not null,
    id                  uuid primary key
);

-- The endpoints of a service.
create index apm_endpoint_service_name on apm_endpoint (service_name);
create index apm_endpoint_expires_at on apm_endpoint (expires_at);

-- Where traces begin.
create table apm_root_endpoint (
    biz_id        bigint not null,
    app_name      text not null,
    endpoint_name text not null,
    service_name  text not null,
    category_id   text not null,
    permanent     boolean not null default false,
    first_seen    timestamptz not null,
    last_seen     timestamptz not null,
    expires_at    timestamptz not null,
    id            uuid primary key
);

create index apm_root_endpoint_service_name on apm_root_endpoint (service_name);
create index apm_root_endpoint_expires_at on apm_root_endpoint (expires_at);

-- Which service runs where.
create table apm_host (
    biz_id        bigint not null,
    app_name      text not null,
    bk_cloud_id   bigint not null,
    bk_host_id    bigint not null,
    ip            text not null,
    topo_node_key text not null,
    agent_alive   boolean,
    permanent     boolean not null default false,
    first_seen    timestamptz not null,
    last_seen     timestamptz not null,
    expires_at    timestamptz not null,
    ids_as_of     timestamptz,
    agent_as_of   timestamptz,
    id            uuid primary key
);

-- The hosts of a service; what runs on a host.
create index apm_host_topo_node_key on apm_host (topo_node_key);
create index apm_host_ip on apm_host (ip);
create index apm_host_expires_at on apm_host (expires_at);

-- Processes of services, and components as they are reached.
create table apm_instance (
    biz_id                             bigint not null,
    app_name                           text not null,
    topo_node_key                      text not null,
    instance_id                        text not null,
    instance_topo_kind                 text not null,
    component_instance_category        text not null,
    component_instance_predicate_value text not null,
    sdk_name                           text not null,
    sdk_version                        text not null,
    sdk_language                       text not null,
    permanent                          boolean not null default false,
    first_seen                         timestamptz not null,
    last_seen                          timestamptz not null,
    expires_at                         timestamptz not null,
    id                                 uuid primary key
);

-- The instances of a node.
create index apm_instance_topo_node_key on apm_instance (topo_node_key);
create index apm_instance_expires_at on apm_instance (expires_at);

-- Who calls whom.
create table apm_relation (
    biz_id               bigint not null,
    app_name             text not null,
    from_topo_key        text not null,
    to_topo_key          text not null,
    kind                 text not null,
    to_topo_key_kind     text not null,
    to_topo_key_category text not null,
    permanent            boolean not null default false,
    first_seen           timestamptz not null,
    last_seen            timestamptz not null,
    expires_at           timestamptz not null,
    id                   uuid primary key
);

-- Whom a node calls, and who calls it; then a whole application's map.
create index apm_relation_from_topo_key on apm_relation (from_topo_key);
create index apm_relation_to_topo_key on apm_relation (to_topo_key);
create index apm_relation_application on apm_relation (biz_id, app_name);
create index apm_relation_expires_at on apm_relation (expires_at);

-- Which endpoints call a remote service.
create table apm_remote_service_relation (
    biz_id             bigint not null,
    app_name           text not null,
    topo_node_key      text not null,
    from_endpoint_name text not null,
    category           text not null,
    permanent          boolean not null default false,
    first_seen         timestamptz not null,
    last_seen          timestamptz not null,
    expires_at         timestamptz not null,
    id                 uuid primary key
);

create index apm_remote_service_relation_topo_node_key
    on apm_remote_service_relation (topo_node_key);
create index apm_remote_service_relation_expires_at on apm_remote_service_relation (expires_at);

-- The service map as edges. What calls may be unknown where it was not seen for longer than its
-- calls; its kind and category are null then.
create view apm_service_map as
select
    relation.biz_id,
    relation.app_name,
    relation.from_topo_key,
    node.kind as from_kind,
    node.category as from_category,
    relation.to_topo_key,
    relation.to_topo_key_kind as to_kind,
    relation.to_topo_key_category as to_category,
    relation.kind,
    relation.first_seen,
    relation.last_seen
from apm_relation relation
left join apm_topo_node node
    on node.topo_key = relation.from_topo_key
    and node.biz_id = relation.biz_id
    and node.app_name = relation.app_name;

comment on table apm_topo_node is 'Services, components that they use, remote services';
comment on column apm_topo_node.topo_key is
    'A service''s name; <service>-<system> of a component; <category>:<name> of a remote service';
comment on column apm_topo_node.kind is 'service, component or remote_service';
comment on column apm_topo_node.permanent is
    'Whether the row stays though its thing is no longer seen; for you to set, in every table';
comment on column apm_topo_node.last_seen is
    'The arrival of the last span; may lag behind it by the job''s refresh';
comment on column apm_topo_node.expires_at is 'When the row goes if nothing is seen';
comment on column apm_topo_node.category_rule is
    'The place of the rule that told kind and category; 2147483647 where none did';
comment on column apm_topo_node.id is 'A hash of application and topo_key';
comment on table apm_endpoint is 'What is called, and what calls';
comment on column apm_endpoint.span_kind is 'OTLP''s number: 2 server, 3 client, 4 producer, 5 consumer';
comment on table apm_root_endpoint is 'Where traces begin';
comment on table apm_host is 'Which service runs on which host';
comment on column apm_host.bk_cloud_id is '-1 where no directory knows it; so with bk_host_id';
comment on column apm_host.agent_alive is 'Null where nobody said';
comment on column apm_host.ids_as_of is 'When the host was last seen with these ids';
comment on column apm_host.agent_as_of is 'When the host was last seen with its agent like this';
comment on table apm_instance is 'Processes of services, and components as they are reached';
comment on table apm_relation is 'Who calls whom';
comment on column apm_relation.kind is 'sync or async';
comment on table apm_remote_service_relation is 'Which endpoints call a remote service';
comment on view apm_service_map is 'Who calls whom, and what both are';
