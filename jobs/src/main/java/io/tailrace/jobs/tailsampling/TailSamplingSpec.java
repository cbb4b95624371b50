package io.tailrace.jobs.tailsampling;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobName;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The spec of a job that keeps the traces worth keeping. */
@Meaning("A job that keeps the traces worth keeping")
public record TailSamplingSpec(
        @Setting(value = "What kind of job it is", check = TailSamplingSpec.KindCheck.class)
                JobKind kind,
        @Setting(
                        value = "The job's name, in folders, Kafka transactions and Flink's web UI",
                        check = JobName.class)
                String name,
        @Setting("Where spans come from") SourceSettings source,
        @Setting(value = "Which application a span belongs to", defaultsTo = "{}")
                ApplicationSettings application,
        @Setting("Which traces are kept, and when that is decided") SamplingSettings tailSampling,
        @Setting("Where results go") TailSamplingSinks sinks,
        @Setting(
                        value = "Handed to Flink as it is, and above all defaults",
                        optional = true,
                        check = UsualOptions.Check.class,
                        secretKeys = ".*password.*|.*secret.*|.*access-key|.*token")
                Map<String, String> flink)
        implements SamplingSpec {

    /** A spec of another kind is not read as this one. */
    public static final class KindCheck extends JobKind.Only {
        public KindCheck() {
            super(JobKind.TAIL_SAMPLING);
        }
    }

    @Override
    public Set<JobPart> parts() {
        return EnumSet.of(JobPart.TAIL_SAMPLING);
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
        TailSamplingJob.define(env, this);
    }
}
