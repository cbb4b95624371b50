-- What series come to, one row a window and series. Each row is written anew when late spans correct
-- it. Both tables are partitioned by days of the window's start, in UTC; the sink makes a day's
-- partition before it writes into it, and drops it once the retention is over.

-- Spans, by the dimensions of the job.
create table apm_metric_red (
    time             timestamptz not null,
    series_id        uuid not null,
    biz_id           bigint not null,
    app_name         text not null,
    service_name     text not null,
    span_name        text generated always as
        (coalesce(dimensions ->> 'span_name', dimensions ->> 'span.name')) stored,
    span_kind        text generated always as
        (coalesce(dimensions ->> 'kind', dimensions ->> 'span.kind')) stored,
    dimensions       jsonb not null,
    count            bigint not null,
    error_count      bigint not null,
    sum_duration_us  bigint not null,
    max_duration_us  bigint not null,
    min_duration_us  bigint not null,
    satisfied_count  bigint not null,
    tolerating_count bigint not null,
    frustrated_count bigint not null,
    call_count       bigint not null,
    request_count    bigint not null,
    bucket_bounds    bigint[],
    bucket_scale     integer,
    bucket_offset    integer,
    zero_count       bigint,
    buckets          bigint[] not null,
    exemplars        jsonb not null,
    revision         integer not null,
    primary key (time, series_id)
) partition by range (time);

-- A service's series over a span of time; then a whole application's.
create index apm_metric_red_service on apm_metric_red (service_name, time);
create index apm_metric_red_application on apm_metric_red (biz_id, app_name, time);

-- Calls from one service to another.
create table apm_metric_edge (
    time                   timestamptz not null,
    series_id              uuid not null,
    biz_id                 bigint not null,
    app_name               text not null,
    client                 text not null,
    server                 text not null,
    connection_type        text generated always as
        (coalesce(dimensions ->> 'connection_type', '')) stored,
    dimensions             jsonb not null,
    count                  bigint not null,
    error_count            bigint not null,
    server_count           bigint not null,
    sum_duration_us        bigint not null,
    max_duration_us        bigint not null,
    min_duration_us        bigint not null,
    bucket_bounds          bigint[],
    bucket_scale           integer,
    bucket_offset          integer,
    zero_count             bigint,
    buckets                bigint[] not null,
    client_count           bigint not null,
    client_sum_duration_us bigint not null,
    client_max_duration_us bigint not null,
    client_min_duration_us bigint not null,
    client_bucket_bounds   bigint[],
    client_bucket_scale    integer,
    client_bucket_offset   integer,
    client_zero_count      bigint,
    client_buckets         bigint[] not null,
    exemplars              jsonb not null,
    revision               integer not null,
    primary key (time, series_id)
) partition by range (time);

-- Whom a service calls, and who calls it; then a whole application's edges.
create index apm_metric_edge_client on apm_metric_edge (client, time);
create index apm_metric_edge_server on apm_metric_edge (server, time);
create index apm_metric_edge_application on apm_metric_edge (biz_id, app_name, time);

-- With what follows from the totals of each row. Over several rows the sums are to be divided, as in
-- sum(error_count)::float8 / sum(count), and not the ratios to be averaged.
create view apm_metric_red_ratios as
select *,
    sum_duration_us::float8 / nullif(count, 0) as avg_duration_us,
    error_count::float8 / nullif(count, 0) as error_rate,
    (satisfied_count + tolerating_count / 2.0::float8)
        / nullif(satisfied_count + tolerating_count + frustrated_count, 0) as apdex
from apm_metric_red;

create view apm_metric_edge_ratios as
select *,
    sum_duration_us::float8 / nullif(server_count, 0) as avg_duration_us,
    client_sum_duration_us::float8 / nullif(client_count, 0) as client_avg_duration_us,
    error_count::float8 / nullif(count, 0) as error_rate
from apm_metric_edge;

comment on table apm_metric_red is 'What spans come to, a row each window and series';
comment on column apm_metric_red.time is 'The start of the window';
comment on column apm_metric_red.series_id is 'A hash of application and dimensions';
comment on column apm_metric_red.bucket_bounds is
    'Microseconds; a bucket holds what is at most its bound. Null where buckets are exponential';
comment on column apm_metric_red.bucket_scale is
    'Of exponential buckets: the one of index i is above 2^(i/2^scale) us, up to 2^((i+1)/2^scale) us';
comment on column apm_metric_red.bucket_offset is 'The index of the first exponential bucket';
comment on column apm_metric_red.zero_count is 'Durations below a microsecond, with exponential buckets';
comment on column apm_metric_red.buckets is 'Counts; with bounds one more than these';
comment on column apm_metric_red.exemplars is 'The slowest span and the slowest that failed';
comment on column apm_metric_red.revision is 'How often late spans have corrected the row';
comment on table apm_metric_edge is 'What calls between services come to, a row each window and edge';
comment on column apm_metric_edge.time is 'The start of the window';
comment on column apm_metric_edge.server_count is
    'Calls whose duration the server measured; sum_duration_us and buckets are of these';
comment on column apm_metric_edge.client_count is
    'Calls whose duration the client measured; client_sum_duration_us and client_buckets are of these';
