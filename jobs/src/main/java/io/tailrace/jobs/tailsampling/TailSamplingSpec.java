package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.ApplicationSettings;
import io.tailrace.jobs.run.UsualOptions;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Spelled;

import java.util.Map;
import java.util.regex.Pattern;

/** The spec of a job that keeps the traces worth keeping. */
@Meaning("A job that keeps the traces worth keeping")
public record TailSamplingSpec(
        @Setting("What kind of job it is") Kind kind,
        @Setting("The job's name, in folders, Kafka transactions and Flink's web UI") String name,
        @Setting("Where spans come from") SourceSettings source,
        @Setting(value = "Which application a span belongs to", defaultsTo = "{}")
                ApplicationSettings application,
        @Setting("Which traces are kept, and when that is decided") SamplingSettings tailSampling,
        @Setting("Where results go") TailSamplingSinks sinks,
        @Setting(
                        value = "Handed to Flink as it is, and above all defaults",
                        optional = true,
                        secretKeys = ".*password.*|.*secret.*|.*access-key|.*token")
                Map<String, String> flink)
        implements Checked {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** The kinds of jobs. */
    public enum Kind implements Spelled {
        TAIL_SAMPLING;

        @Override
        public String spelling() {
            return "tail-sampling";
        }
    }

    @Override
    public void check(Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.expected(
                    "name",
                    "a name of at most 100 letters, digits, dots, dashes and underscores that begins"
                            + " with a letter or digit");
        }
        UsualOptions.check("flink", flink, problems);
    }
}
