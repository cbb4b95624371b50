package io.tailrace.jobs.discovery;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobName;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.discovery.heartbeat.HeartbeatSettings;
import io.tailrace.jobs.discovery.host.HostSettings;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spec of a job that keeps an inventory. */
@Meaning("A job that keeps an inventory of what runs and who calls whom, from which things expire")
public record DiscoverySpec(
        @Setting(value = "What kind of job it is", check = DiscoverySpec.KindCheck.class)
                JobKind kind,
        @Setting(
                        value = "The job's name, in folders, Kafka transactions and Flink's web UI",
                        check = JobName.class)
                String name,
        @Setting("Where spans come from") SourceSettings source,
        @Setting(value = "Which application a span belongs to", defaultsTo = "{}")
                ApplicationSettings application,
        @Setting(value = "What is found in spans, and for how long it stays", defaultsTo = "{}")
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
        @Setting("Where results go") DiscoverySinks sinks,
        @Setting(
                        value = "Handed to Flink as it is, and above all defaults",
                        optional = true,
                        check = UsualOptions.Check.class,
                        secretKeys = ".*password.*|.*secret.*|.*access-key|.*token")
                Map<String, String> flink)
        implements JobSpec {

    /** A spec of another kind is not read as this one. */
    public static final class KindCheck extends JobKind.Only {
        public KindCheck() {
            super(JobKind.DISCOVERY);
        }
    }

    @Override
    public Set<JobPart> parts() {
        return EnumSet.of(JobPart.DISCOVERY);
    }

    @Override
    public List<KafkaSettings> kafkaSources() {
        return HeartbeatSettings.and(JobSpec.super.kafkaSources(), heartbeats, source);
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
        DiscoveryJob.define(env, this);
    }
}
