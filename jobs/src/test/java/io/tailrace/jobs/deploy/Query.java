package io.tailrace.jobs.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a query in PromQL names: metrics, and the labels by which it selects of each. */
record Query(String text) {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern LABELS =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right) *\\([^)]*\\)");
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?(?![\\w:]| *\\()");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "m", "s", "h");

    /** The labels that it selects by, by the metrics that it names. */
    Map<String, Set<String>> labelsByMetric() {
        String bare = STRING.matcher(text).replaceAll("\"\"");
        bare = RANGE.matcher(bare).replaceAll("");
        bare = LABELS.matcher(bare).replaceAll("");
        // Durations of offsets, such as 10m.
        bare = bare.replaceAll("\\b\\d[\\w.]*", "0");
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Matcher metric = METRIC.matcher(bare);
        while (metric.find()) {
            if (!WORDS.contains(metric.group(1))) {
                Set<String> labels =
                        metrics.computeIfAbsent(metric.group(1), name -> new TreeSet<>());
                if (metric.group(2) != null) {
                    MATCHER.matcher(metric.group(2))
                            .results()
                            .forEach(label -> labels.add(label.group(1)));
                }
            }
        }
        return metrics;
    }
}
