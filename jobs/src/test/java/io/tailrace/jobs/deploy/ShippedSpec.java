package io.tailrace.jobs.deploy;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A spec that is deployed with what it refers to. */
final class ShippedSpec {

    private static final Pattern NEEDED = Pattern.compile("\\$\\{(\\w+)}");

    private ShippedSpec() {}

    /** The variables that must be set. */
    static Set<String> variables(String text) {
        Set<String> all = new TreeSet<>();
        Matcher reference = NEEDED.matcher(text);
        while (reference.find()) {
            all.add(reference.group(1));
        }
        return all;
    }

    /**
     * Reads it as {@code validate} does.
     *
     * @param environment with a value of each variable that is set, though it may be any
     */
    static JobSpec good(String name, String text, Map<String, String> environment) {
        SpecResult<JobSpec> read =
                SpecReader.read(name, text, JobSpecs.KINDS, List.of(), new HashMap<>(environment));
        assertThat(read.problems()).as(name).isEmpty();
        return read.value();
    }
}
