package io.tailrace.jobs.cli;

import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads specs that keep traces, without the secrets of what a preview never opens. */
final class PreviewSpec {

    /** Of a pipeline; it goes with its sinks. */
    private static final String METRICS = "virtual_metrics";

    /** In place of blocks that no preview reads. */
    private static final List<String> UNREAD =
            List.of("sinks={decisions: [{file: {path: unread}}]}", "application={}", "flink={}");

    private PreviewSpec() {}

    /**
     * @param sets changes of the spec
     * @return with all mistakes, but for variables that are not set and not needed
     */
    static SpecResult<SamplingSpec> read(Path file, List<String> sets) {
        SpecResult<SamplingSpec> whole = readWhole(file, sets);
        List<Problem> mistakes =
                whole.problems().stream().filter(each -> !isUnneeded(each)).toList();
        if (whole.isGood() || !mistakes.isEmpty()) {
            return whole.isGood() ? whole : new SpecResult.Bad<>(mistakes);
        }
        List<String> less = new ArrayList<>(sets);
        less.addAll(UNREAD);
        if (SpecReader.keys(file, JobSpecs.KINDS, sets).orElse(Set.of()).contains(METRICS)) {
            less.add(METRICS + "=null");
        }
        return readWhole(file, less);
    }

    private static SpecResult<SamplingSpec> readWhole(Path file, List<String> sets) {
        return SpecReader.read(file, JobSpecs.SAMPLING, sets, System.getenv());
    }

    private static boolean isUnneeded(Problem problem) {
        String path = problem.path();
        return problem.isUnset()
                && (path.startsWith(METRICS + '.')
                        || UNREAD.stream()
                                .map(each -> each.substring(0, each.indexOf('=')))
                                .anyMatch(each -> path.startsWith(each + '.')));
    }
}
