package io.tailrace.jobs.virtualmetrics;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobName;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The spec of a job that counts spans. */
@Meaning("A job that makes metrics of spans: rates, errors and durations, and who calls whom")
public record VirtualMetricsSpec(
        @Setting(value = "What kind of job it is", check = VirtualMetricsSpec.KindCheck.class)
                JobKind kind,
        @Setting(
                        value = "The job's name, in folders, Kafka transactions and Flink's web UI",
                        check = JobName.class)
                String name,
        @Setting("Where spans come from") SourceSettings source,
        @Setting(value = "Which application a span belongs to", defaultsTo = "{}")
                ApplicationSettings application,
        @Setting(value = "What spans are counted into, and when", defaultsTo = "{}")
                VirtualMetricsSettings virtualMetrics,
        @Setting("Where results go") VirtualMetricsSinks sinks,
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
            super(JobKind.VIRTUAL_METRICS);
        }
    }

    @Override
    public Set<JobPart> parts() {
        return EnumSet.of(JobPart.VIRTUAL_METRICS);
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
        VirtualMetricsJob.define(env, this);
    }
}
