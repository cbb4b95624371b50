package io.tailrace.jobs.cli;

import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads specs without the secrets of what a preview never opens. */
final class PreviewSpec {

    /** In place of blocks that no preview reads. */
    private static final List<String> UNREAD =
            List.of("sinks={decisions: [{file: {path: unread}}]}", "application={}", "flink={}");

    private PreviewSpec() {}

    /**
     * @param reader reads a spec with changes
     * @return with all mistakes, but for variables that are not set and not needed
     */
    static SpecResult<TailSamplingSpec> read(
            Function<List<String>, SpecResult<TailSamplingSpec>> reader, List<String> sets) {
        SpecResult<TailSamplingSpec> whole = reader.apply(sets);
        List<Problem> mistakes =
                whole.problems().stream().filter(each -> !isUnneeded(each)).toList();
        if (whole.isGood() || !mistakes.isEmpty()) {
            return whole.isGood() ? whole : new SpecResult.Bad<>(mistakes);
        }
        return reader.apply(Stream.concat(sets.stream(), UNREAD.stream()).toList());
    }

    private static boolean isUnneeded(Problem problem) {
        String path = problem.path();
        return problem.isUnset()
                && UNREAD.stream()
                        .map(each -> each.substring(0, each.indexOf('=')))
                        .anyMatch(each -> path.startsWith(each + '.'));
    }
}
