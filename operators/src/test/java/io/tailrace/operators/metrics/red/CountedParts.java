package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.plain.Differences;
import io.tailrace.plain.PlainRed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What parts say when they are put together, in the words of {@link PlainRed}. */
final class CountedParts {

    private CountedParts() {}

    /** Where parts do not add up to what a plain count says; few lines of it. */
    static List<String> differences(List<MetricPart> parts, PlainRed plain) {
        return Differences.ofMaps(said(parts), plain.said()).stream().limit(3).toList();
    }

    /** The same of parts, put together. */
    static Map<PlainRed.Key, Map<String, Object>> said(List<MetricPart> parts) {
        Map<PlainRed.Key, SeriesTotals> totals = new HashMap<>();
        Map<PlainRed.Key, Long> arrivals = new HashMap<>();
        for (MetricPart part : parts) {
            PlainRed.Key key = key(part);
            totals.merge(
                    key,
                    part.totals().copy(),
                    (one, other) -> {
                        one.merge(other);
                        return one;
                    });
            arrivals.merge(key, part.arrival(), Math::max);
        }
        Map<PlainRed.Key, Map<String, Object>> said = new HashMap<>();
        totals.forEach((key, total) -> said.put(key, said(total, arrivals.get(key))));
        return said;
    }

    private static Map<String, Object> said(SeriesTotals totals, long arrival) {
        Map<String, Object> said = new TreeMap<>();
        said.put("count", totals.count());
        said.put("errors", totals.errors());
        said.put("sum", totals.durations().sumMicros());
        said.put("satisfied", totals.satisfied());
        said.put("tolerating", totals.tolerating());
        said.put("frustrated", totals.frustrated());
        said.put("calls", totals.calls());
        said.put("requests", totals.requests());
        said.put("max", totals.durations().maxMicros());
        said.put("min", totals.durations().minMicros());
        said.put("arrival", arrival);
        long[] buckets = ((ExplicitHistogram) totals.durations().histogram()).counts();
        said.put("buckets", Arrays.stream(buckets).boxed().toList());
        said.put("slowest", said(totals.slowest()));
        said.put("slowest error", said(totals.slowestError()));
        return said;
    }

    private static String said(Exemplar exemplar) {
        return exemplar == null
                ? "none"
                : exemplar.traceHigh()
                        + " "
                        + exemplar.traceLow()
                        + " "
                        + exemplar.spanId()
                        + " "
                        + exemplar.durationMicros();
    }

    private static PlainRed.Key key(MetricPart part) {
        Map<String, String> dimensions = new TreeMap<>();
        part.series()
                .dimensions()
                .forEach(dimension -> dimensions.put(dimension.name(), dimension.value()));
        return new PlainRed.Key(
                part.windowStart(),
                part.series().application().bizId(),
                part.series().application().name(),
                part.series().service(),
                dimensions);
    }
}
