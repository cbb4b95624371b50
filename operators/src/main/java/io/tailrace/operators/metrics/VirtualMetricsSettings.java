package io.tailrace.operators.metrics;

import io.tailrace.operators.metrics.limit.SeriesLimits;
import io.tailrace.operators.metrics.window.WindowTimes;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Foreign;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The block {@code virtual_metrics} of a spec: what spans are counted into, and when. */
@Foreign({
    @Foreign.Key(name = "metrics_flush_interval", reason = "write window and wait"),
    @Foreign.Key(name = "metrics_expiration", reason = "write series_expiration"),
    @Foreign.Key(
            name = "aggregation_cardinality_limit",
            reason = "write limits.max_series, which is for each application and service"),
    @Foreign.Key(
            name = "exclude_dimensions",
            reason = "write in dimensions those that series are to have"),
    @Foreign.Key(
            name = "aggregation_temporality",
            reason = "a sink says whether it gets cumulative metrics or deltas"),
    @Foreign.Key(
            name = "dimensions_cache_size",
            reason = "what is remembered of series is bounded by local_budget"),
    @Foreign.Key(
            name = "resource_metrics_cache_size",
            reason = "series are told apart by application and dimensions alone"),
    @Foreign.Key(
            name = "resource_metrics_key_attributes",
            reason = "series are told apart by application and dimensions alone"),
    @Foreign.Key(
            name = "exemplars",
            reason = "every row has the slowest span and the slowest error with it")
})
public record VirtualMetricsSettings(
        @Setting(
                        value = "Spans are counted by the window in which they end, of this length",
                        defaultsTo = "60s",
                        least = 1000,
                        most = 86_400_000)
                Duration window,
        @Setting(
                        value = "A window's rows are made this long after its end",
                        key = "wait",
                        defaultsTo = "10s",
                        least = 0)
                Duration windowWait,
        @Setting(
                        value =
                                "Spans that come up to this long after that correct the rows; later ones"
                                        + " are dropped and counted",
                        defaultsTo = "5m",
                        least = 0)
                Duration allowedLateness,
        @Setting(
                        value =
                                "Spans that end more than this after they arrive, by a clock that is"
                                        + " wrong, are dropped and counted",
                        defaultsTo = "1m",
                        least = 0)
                Duration maxAhead,
        @Setting(
                        value =
                                "Whose names metrics and dimensions have: bk is BlueKing's, otel the"
                                        + " Collector's",
                        defaultsTo = "bk")
                Naming naming,
        @Setting(
                        value =
                                "A series without spans for so long is forgotten: its total begins anew,"
                                        + " and others may take its place within the limits",
                        defaultsTo = "1h",
                        least = 1)
                Duration seriesExpiration,
        @Setting(
                        value =
                                "The dimensions of series, in the place of all that the naming has by"
                                        + " itself",
                        optional = true,
                        otherwise = "as the naming has them",
                        most = 100)
                List<DimensionSettings> dimensions,
        @Setting(
                        value =
                                "Rules, one applied after the other, by which ids and numbers in paths"
                                        + " and span names become placeholders",
                        optional = true)
                List<TemplateRule> templates,
        @Setting(value = "Which spans are counted", defaultsTo = "{}") FilterSettings filter,
        @Setting(
                        value =
                                "What durations satisfy: of each span the first rule holds that is for it;"
                                        + " without one it is in no class",
                        optional = true)
                List<ApdexRule> apdex,
        @Setting(
                        value = "Which buckets durations are counted by",
                        defaultsTo = HistogramSettings.DEFAULT)
                HistogramSettings histogram,
        @Setting(value = "How many series there may be", defaultsTo = "{}") LimitSettings limits,
        @Setting(
                        value =
                                "What is counted where spans are read, and where calls are found, takes"
                                        + " so many bytes each of a slot's memory; when it is more, it"
                                        + " is handed on",
                        defaultsTo = "32MiB",
                        least = 1 << 20)
                ByteSize localBudget,
        @Setting(value = "How the events of spans are counted", defaultsTo = "{}")
                EventSettings events,
        @Setting(value = "Who calls whom", defaultsTo = "{}") ServiceGraphSettings serviceGraph)
        implements Checked, Serializable {

    /** About what objects take: an edge with its totals, a bucket. */
    private static final int EDGE_BYTES = 1024;

    private static final int BUCKET_BYTES = 8;

    /** Those given, or else the naming's own; each with its name. */
    @Override
    public List<DimensionSettings> dimensions() {
        return (dimensions.isEmpty() ? naming.dimensions() : dimensions)
                .stream().map(this::named).toList();
    }

    /** Those that events have beside their spans'; each with its name. */
    public List<DimensionSettings> eventDimensions() {
        return events.dimensions().stream().map(this::named).toList();
    }

    private DimensionSettings named(DimensionSettings dimension) {
        return new DimensionSettings(
                dimension.attribute(),
                dimension.name() == null ? naming.of(dimension.attribute()) : dimension.name(),
                dimension.otherwise(),
                dimension.pattern());
    }

    /** When the rows of spans are made. */
    public WindowTimes spanWindows() {
        return windows(windowWait);
    }

    /** When those of calls are, whose sides wait for each other. */
    public WindowTimes edgeWindows() {
        return windows(windowWait.plus(serviceGraph.pairingWait()));
    }

    private WindowTimes windows(Duration delay) {
        return new WindowTimes(window.toMillis(), delay.toMillis(), allowedLateness.toMillis());
    }

    public SeriesLimits seriesLimits() {
        return new SeriesLimits(
                limits.maxSeries(), limits.maxValues(), seriesExpiration, serviceDimension());
    }

    /** Null where the service is none, or not as it is. */
    private String serviceDimension() {
        return dimensions().stream()
                .filter(dimension -> dimension.attribute().equals(Naming.SERVICE_NAME))
                .filter(dimension -> dimension.pattern() == null)
                .map(DimensionSettings::name)
                .findFirst()
                .orElse(null);
    }

    /** For how many edges and windows the local budget has room. */
    public int mostLocalEdges() {
        int bytes = EDGE_BYTES + 2 * BUCKET_BYTES * serviceGraph.histogram().mostBuckets();
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, localBudget.bytes() / bytes));
    }

    /** From a window's start until nothing more can come of it. */
    private Duration longest() {
        Duration spans = window.plus(windowWait).plus(allowedLateness);
        return serviceGraph.enabled() ? spans.plus(serviceGraph.pairingWait()) : spans;
    }

    /**
     * @param names of those before; gets these
     */
    private void checkNames(
            List<DimensionSettings> all, String path, Set<String> names, Problems problems) {
        for (int i = 0; i < all.size(); i++) {
            String name = named(all.get(i)).name();
            if (!names.add(name)) {
                problems.expected(
                        "%s[%d]".formatted(path, i),
                        "a name that no other dimension has, but %s is there before"
                                .formatted(name));
            }
        }
    }

    @Override
    public void check(Problems problems) {
        if (seriesExpiration.compareTo(longest()) < 0) {
            problems.expected(
                    "series_expiration",
                    "at least %ds, as long as window, wait, allowed_lateness and"
                                    .formatted(longest().plusMillis(999).toSeconds())
                            + " service_graph.pairing_wait take together");
        }
        if (window.toMillis() * 1_000_000 != window.toNanos()) {
            problems.expected("window", "a duration of whole milliseconds");
        }
        Set<String> names = new HashSet<>();
        checkNames(dimensions, "dimensions", names, problems);
        if (events.enabled()) {
            dimensions().forEach(dimension -> names.add(dimension.name()));
            checkNames(events.dimensions(), "events.dimensions", names, problems);
        }
        for (int i = 0; i < apdex.size() - 1; i++) {
            if (apdex.get(i).kind() == null && apdex.get(i).attribute() == null) {
                problems.expected(
                        "apdex[%d]".formatted(i),
                        "a kind or an attribute, or to be the last one, as no rule behind it would"
                                + " ever hold");
            }
        }
    }
}
