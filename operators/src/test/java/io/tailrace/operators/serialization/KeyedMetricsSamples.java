package io.tailrace.operators.serialization;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.limit.AdmittedCounts;
import io.tailrace.operators.metrics.limit.AdmittedCountsSerializer;
import io.tailrace.operators.metrics.limit.DimensionSerializer;
import io.tailrace.operators.metrics.limit.ServiceKey;
import io.tailrace.operators.metrics.limit.ServiceKeySerializer;
import io.tailrace.operators.metrics.sample.SampledSeries;
import io.tailrace.operators.metrics.sample.SampledSeriesSerializer;
import io.tailrace.operators.metrics.window.WindowTotals;
import io.tailrace.operators.metrics.window.WindowTotalsSerializer;
import io.tailrace.operators.pairing.Call;
import io.tailrace.operators.pairing.CallSerializer;
import io.tailrace.operators.pairing.ConnectionType;
import io.tailrace.operators.pairing.Sides;
import io.tailrace.operators.pairing.SpanSide;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.pairing.waiting.SideBlockSerializer;
import io.tailrace.operators.pairing.waiting.StoredSidesSerializer;
import io.tailrace.operators.span.TraceId;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Of what the keyed operators of metrics, and of pairing, keep and send. */
final class KeyedMetricsSamples {

    private static final Application SHOP = new Application(2, "shop");
    private static final Series SERIES =
            Series.of(
                    SeriesKind.SPANS,
                    SHOP,
                    "cart",
                    List.of(new Dimension("kind", "2"), new Dimension("a", "\u00fc")));

    private KeyedMetricsSamples() {}

    static List<Samples<?>> all() {
        return List.of(
                new Samples<>(
                        "service-key",
                        ServiceKey.class,
                        new ServiceKeySerializer(),
                        Stream.of(SeriesKind.SPANS, SeriesKind.EDGES)
                                .map(kind -> new ServiceKey(kind, SHOP, "cart"))
                                .toList()),
                new Samples<>(
                        "dimension",
                        Dimension.class,
                        new DimensionSerializer(),
                        List.of(new Dimension("kind", "2"), new Dimension("", "\u00fc"))),
                new Samples<>(
                        "admitted-counts",
                        AdmittedCounts.class,
                        new AdmittedCountsSerializer(),
                        List.of(
                                new AdmittedCounts(0, 0, Map.of()),
                                new AdmittedCounts(300, 7, Map.of("b", 1, "a", 70_000)))),
                new Samples<>(
                        "window-totals",
                        WindowTotals.class,
                        new WindowTotalsSerializer(),
                        List.of(
                                new WindowTotals(
                                        "cart", 0, Long.MIN_VALUE, 5, 9, totals(false), null),
                                new WindowTotals(
                                        "cart", 300, 5, 7, 9, totals(true), totals(true)))),
                new Samples<>(
                        "sampled-series",
                        SampledSeries.class,
                        new SampledSeriesSerializer(),
                        List.of(
                                new SampledSeries(
                                        SERIES, -1, Long.MIN_VALUE, 5, 9, totals(true), true),
                                new SampledSeries(SERIES, 1, 2, 3, 4, null, false))),
                new Samples<>(
                        "call",
                        Call.class,
                        new CallSerializer(),
                        Stream.of(ConnectionType.values()).map(KeyedMetricsSamples::call).toList()),
                new Samples<>(
                        "side-block",
                        SideBlock.class,
                        new SideBlockSerializer(),
                        List.of(unlike(), alike()),
                        List.of(List.of(unlike()))),
                new Samples<>(
                        "stored-sides",
                        SideBlock.class,
                        new StoredSidesSerializer(),
                        List.of(unlike(), alike()),
                        List.of(List.of(unlike()))));
    }

    private static SideBlock unlike() {
        return Sides.blocks(1, side(SpanSide.Kind.PRODUCER), side(SpanSide.Kind.SERVER)).get(0);
    }

    /** Sides of one payload. */
    private static SideBlock alike() {
        return Sides.blocks(1, side(SpanSide.Kind.CLIENT), side(SpanSide.Kind.CLIENT)).get(0);
    }

    private static SeriesTotals totals(boolean edge) {
        DurationTotals durations =
                new DurationTotals(
                        edge ? new ExponentialHistogram(4) : new ExplicitHistogram(10, 100));
        durations.add(70, 3);
        SeriesTotals totals =
                new SeriesTotals(
                        durations, edge ? new DurationTotals(new ExplicitHistogram()) : null);
        totals.add(3, true, SeriesTotals.Apdex.FRUSTRATED, true, false);
        totals.exemplar(new Exemplar(1, -2, 3, 70, 5), true);
        return totals;
    }

    private static SpanSide side(SpanSide.Kind kind) {
        boolean calls = kind.calls();
        return new SpanSide(
                new TraceId(Long.MIN_VALUE, -1),
                calls ? -1 : 5,
                calls ? -1 : 7,
                kind,
                SHOP,
                "cart",
                1,
                -1,
                calls,
                1_700_000_000_000L,
                calls ? 1 : 1000,
                calls ? null : "orders",
                calls ? "db.example" : null);
    }

    private static Call call(ConnectionType connection) {
        return switch (connection) {
            case NONE, MESSAGING_SYSTEM ->
                    new Call(
                            "web",
                            "cart",
                            connection,
                            side(SpanSide.Kind.CLIENT),
                            side(SpanSide.Kind.SERVER));
            case DATABASE ->
                    new Call("web", "orders", connection, side(SpanSide.Kind.CLIENT), null);
            case VIRTUAL_NODE ->
                    new Call("user", "cart", connection, null, side(SpanSide.Kind.SERVER));
        };
    }
}
