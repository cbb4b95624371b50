package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.JobName;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Spelled;

import java.util.Map;

/** The spec of a job that keeps the traces worth keeping. */
@Meaning("A job that keeps the traces worth keeping")
public record TailSamplingSpec(
        @Setting("What kind of job it is") Kind kind,
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
                Map<String, String> flink) {

    /** The kinds of jobs. */
    public enum Kind implements Spelled {
        TAIL_SAMPLING;

        @Override
        public String spelling() {
            return "tail-sampling";
        }
    }
}
