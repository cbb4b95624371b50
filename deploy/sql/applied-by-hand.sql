-- Writes down, where `./tailrace migrate` would have, that V1 to V3 were applied by hand. The jobs ask
-- this table which version they find, and a later `migrate` goes on from it.
create table tailrace_schema_history (
    installed_rank integer primary key,
    version        varchar(50),
    description    varchar(200) not null,
    type           varchar(20) not null,
    script         varchar(1000) not null,
    checksum       integer,
    installed_by   varchar(100) not null,
    installed_on   timestamp not null default now(),
    execution_time integer not null,
    success        boolean not null
);

create index tailrace_schema_history_s_idx on tailrace_schema_history (success);

insert into tailrace_schema_history
    (installed_rank, version, description, type, script, installed_by, execution_time, success)
values
    (1, '3', 'applied by hand', 'BASELINE', 'applied by hand', current_user, 0, true);
