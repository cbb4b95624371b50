package io.tailrace.jobs.cluster.cli;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.cli.SpecOptions;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A spec as far as it can be checked on another machine than it is for.
 *
 * @param text as it is written
 * @param mistakes none where it is good
 * @param unknown what may be right on the cluster: variables and files that are not here
 * @param job none with any of these
 */
record SubmittedSpec(
        String name,
        String kind,
        String text,
        List<Problem> mistakes,
        List<Problem> unknown,
        Optional<JobSpec> job) {

    private static final Pattern REFERENCE =
            Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*)");

    static SubmittedSpec read(SpecOptions options, Map<String, String> environment)
            throws IOException {
        SpecResult<JobSpec> result = options.read(JobSpecs.KINDS, environment);
        List<Problem> mistakes =
                result.problems().stream().filter(each -> !each.isOfThisMachine()).toList();
        return new SubmittedSpec(
                own(options, environment, "name"),
                own(options, environment, "kind"),
                mistakes.isEmpty() ? Files.readString(options.file()) : "",
                mistakes,
                result.problems().stream().filter(Problem::isOfThisMachine).toList(),
                result.isGood() ? Optional.of(result.value()) : Optional.empty());
    }

    private static String own(SpecOptions options, Map<String, String> environment, String key) {
        return SpecReader.text(
                        options.file(), JobSpecs.KINDS, options.sets(List.of()), environment, key)
                .orElse("");
    }

    /** The variables that it refers to. */
    Set<String> references() {
        Set<String> names = new TreeSet<>();
        for (Matcher found = REFERENCE.matcher(text); found.find(); ) {
            names.add(found.group(1));
        }
        return names;
    }
}
