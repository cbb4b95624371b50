package io.tailrace.operators.metrics;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.ByteSize;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Settings of virtual metrics for tests, with a spec's defaults, changed one by one. */
public final class TestMetricsSettings {

    public static final ApplicationSettings APPLICATION =
            new ApplicationSettings(
                    new ApplicationSettings.BizId("bk_biz_id", 2),
                    new ApplicationSettings.AppName("app_name", "default"));

    /** The Collector's default buckets. */
    public static final List<Duration> BUCKETS =
            List.of(2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000)
                    .stream()
                    .map(Duration::ofMillis)
                    .toList();

    private Duration window = Duration.ofSeconds(60);
    private Duration wait = Duration.ofSeconds(10);
    private Duration allowedLateness = Duration.ofMinutes(5);
    private Duration maxAhead = Duration.ofMinutes(1);
    private Duration seriesExpiration = Duration.ofHours(1);
    private Naming naming = Naming.BK;
    private List<DimensionSettings> dimensions = List.of();
    private List<TemplateRule> templates = List.of();
    private FilterSettings filter = new FilterSettings(List.of(), List.of(), List.of(), List.of());
    private List<ApdexRule> apdex = List.of();
    private HistogramSettings histogram = explicit(BUCKETS);
    private LimitSettings limits = new LimitSettings(10_000, 2_000, 1024);
    private EventSettings events =
            new EventSettings(false, List.of(DimensionSettings.of("exception.type", null)));
    private boolean serviceGraph = true;
    private long localBudget = 32 << 20;

    public static HistogramSettings explicit(List<Duration> buckets) {
        return new HistogramSettings(new HistogramSettings.Explicit(buckets), null);
    }

    public static HistogramSettings exponential(int maxSize) {
        return new HistogramSettings(null, new HistogramSettings.Exponential(maxSize));
    }

    public TestMetricsSettings window(Duration length) {
        window = length;
        return this;
    }

    public TestMetricsSettings windowWait(Duration length) {
        wait = length;
        return this;
    }

    public TestMetricsSettings allowedLateness(Duration length) {
        allowedLateness = length;
        return this;
    }

    public TestMetricsSettings seriesExpiration(Duration length) {
        seriesExpiration = length;
        return this;
    }

    public TestMetricsSettings naming(Naming names) {
        naming = names;
        return this;
    }

    public TestMetricsSettings dimensions(DimensionSettings... all) {
        dimensions = List.of(all);
        return this;
    }

    public TestMetricsSettings templates(TemplateRule... rules) {
        templates = List.of(rules);
        return this;
    }

    public TestMetricsSettings filter(FilterSettings which) {
        filter = which;
        return this;
    }

    public TestMetricsSettings apdex(ApdexRule... rules) {
        apdex = List.of(rules);
        return this;
    }

    public TestMetricsSettings histogram(HistogramSettings buckets) {
        histogram = buckets;
        return this;
    }

    public TestMetricsSettings events(String... attributes) {
        events =
                new EventSettings(
                        true,
                        Stream.of(attributes)
                                .map(attribute -> DimensionSettings.of(attribute, null))
                                .toList());
        return this;
    }

    public TestMetricsSettings maxValueBytes(int most) {
        limits = new LimitSettings(limits.maxSeries(), limits.maxValues(), most);
        return this;
    }

    public TestMetricsSettings localBudget(long bytes) {
        localBudget = bytes;
        return this;
    }

    public TestMetricsSettings withoutServiceGraph() {
        serviceGraph = false;
        return this;
    }

    public VirtualMetricsSettings make() {
        return new VirtualMetricsSettings(
                window,
                wait,
                allowedLateness,
                maxAhead,
                naming,
                seriesExpiration,
                dimensions,
                templates,
                filter,
                apdex,
                histogram,
                limits,
                new ByteSize(localBudget),
                events,
                new ServiceGraphSettings(
                        serviceGraph,
                        Duration.ofSeconds(30),
                        10_000,
                        new ByteSize(1 << 28),
                        explicit(BUCKETS),
                        List.of("peer.service", "db.name", "db.system"),
                        List.of("db.name")));
    }
}
