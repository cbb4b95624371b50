-- One row a decision of tail sampling; a second one, with trigger 'late', sums up a trace to which
-- spans came late. Times are milliseconds since the epoch, in the arrival time of spans.
create table apm_sampling_decision (
    trace_id        text not null,
    decided_ms      bigint not null,
    trigger         text not null,
    job             text not null,
    decision        text not null,
    policy          text,
    votes           jsonb not null,
    spans           integer not null,
    bytes           bigint not null,
    start_unix_nano numeric(20) not null,
    duration_ms     bigint not null,
    root_service    text,
    root_name       text,
    first_seen_ms   bigint not null,
    late_spans      integer not null,
    adjusted_count  double precision,
    complete        boolean not null,
    primary key (trace_id, decided_ms, trigger)
);

-- A job's latest decisions, and what is past its retention.
create index apm_sampling_decision_job on apm_sampling_decision (job, decided_ms);
-- What was kept of a service, and what a policy keeps.
create index apm_sampling_decision_root_service on apm_sampling_decision (root_service, decided_ms);
create index apm_sampling_decision_policy on apm_sampling_decision (policy, decided_ms);
-- A span of time over all of them; rows come nearly in its order.
create index apm_sampling_decision_decided on apm_sampling_decision using brin (decided_ms);

comment on table apm_sampling_decision is 'Decisions of tail sampling, one row each';
comment on column apm_sampling_decision.trace_id is '32 lower-case hex digits';
comment on column apm_sampling_decision.job is 'The job that decided; each deletes its own old rows';
comment on column apm_sampling_decision.votes is 'What each policy said, by its name';
comment on column apm_sampling_decision.start_unix_nano is 'The earliest start of a span';
comment on column apm_sampling_decision.duration_ms is 'From the earliest start to the latest end';
comment on column apm_sampling_decision.adjusted_count is 'How many traces it stands for; null where nobody can tell';
