package io.tailrace.jobs.pipeline;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobName;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.discovery.heartbeat.HeartbeatSettings;
import io.tailrace.jobs.discovery.host.HostSettings;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spec of a job that reads spans once for several parts. */
@Meaning(
        "A job that reads spans once, keeps the traces worth keeping, and makes metrics and an"
                + " inventory of all")
public record PipelineSpec(
        @Setting(value = "What kind of job it is", check = PipelineSpec.KindCheck.class)
                JobKind kind,
        @Setting(
                        value = "The job's name, in folders, Kafka transactions and Flink's web UI",
                        check = JobName.class)
                String name,
        @Setting("Where spans come from") SourceSettings source,
        @Setting(value = "Which application a span belongs to", defaultsTo = "{}")
                ApplicationSettings application,
        @Setting(
                        value = "Which traces are kept, and when that is decided",
                        optional = true,
                        otherwise = "no traces are kept")
                SamplingSettings tailSampling,
        @Setting(
                        value = "What spans are counted into, and when",
                        optional = true,
                        otherwise = "nothing is counted")
                VirtualMetricsSettings virtualMetrics,
        @Setting(
                        value = "What is found in spans, and for how long it stays",
                        optional = true,
                        otherwise = "no inventory is kept")
                DiscoverySettings discovery,
        @Setting(
                        value =
                                "Where the ids of hosts are looked up, and the state of their agents",
                        optional = true,
                        otherwise = "hosts have the id -1")
                HostSettings hosts,
        @Setting(
                        value = "Where it is said that agents are heard no more",
                        optional = true,
                        otherwise = "no host is lost")
                HeartbeatSettings heartbeats,
        @Setting("Where results go") PipelineSinks sinks,
        @Setting(
                        value = "Handed to Flink as it is, and above all defaults",
                        optional = true,
                        check = UsualOptions.Check.class,
                        secretKeys = ".*password.*|.*secret.*|.*access-key|.*token")
                Map<String, String> flink)
        implements SamplingSpec, Checked {

    /** A spec of another kind is not read as this one. */
    public static final class KindCheck extends JobKind.Only {
        public KindCheck() {
            super(JobKind.PIPELINE);
        }
    }

    @Override
    public Set<JobPart> parts() {
        Set<JobPart> parts = EnumSet.noneOf(JobPart.class);
        if (tailSampling != null) {
            parts.add(JobPart.TAIL_SAMPLING);
        }
        if (virtualMetrics != null) {
            parts.add(JobPart.VIRTUAL_METRICS);
        }
        if (discovery != null) {
            parts.add(JobPart.DISCOVERY);
        }
        return parts;
    }

    @Override
    public void check(Problems problems) {
        if (parts().isEmpty()) {
            problems.expected("", "at least one of tail_sampling, virtual_metrics and discovery");
            return;
        }
        sinks.check(parts(), problems);
        if (discovery == null && hosts != null) {
            problems.expected("hosts", "no such block without discovery");
        }
        if (discovery == null && heartbeats != null) {
            problems.expected("heartbeats", "no such block without discovery");
        }
    }

    @Override
    public List<KafkaSettings> kafkaSources() {
        return HeartbeatSettings.and(SamplingSpec.super.kafkaSources(), heartbeats, source);
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
        PipelineJob.define(env, this);
    }
}
