package io.tailrace.jobs.cluster;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The main classes of jobs, which are named after their kinds. */
public final class EntryClass {

    private EntryClass() {}

    /** {@code io.tailrace.jobs.tailsampling.TailSamplingMain} for {@code tail-sampling}. */
    public static String of(String kind) {
        String name =
                Arrays.stream(kind.split("-"))
                        .filter(each -> !each.isEmpty())
                        .map(each -> Character.toUpperCase(each.charAt(0)) + each.substring(1))
                        .collect(Collectors.joining());
        return "io.tailrace.jobs.%s.%sMain".formatted(kind.replace("-", ""), name);
    }
}
