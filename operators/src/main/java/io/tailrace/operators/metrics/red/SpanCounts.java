package io.tailrace.operators.metrics.red;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.application.Applications;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.SpanSides;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.AdjustedCount;
import io.tailrace.operators.span.wire.RequestWalker;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.ScopeView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the spans of requests as they go by. A span whose series and window are known makes no
 * objects: the values of its dimensions are written one behind the other into one array, by which
 * the series is found.
 */
final class SpanCounts implements RequestWalker.Spans {

    /** Ends each value of a key; no UTF-8 has this byte. */
    static final byte END = (byte) 0xff;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final long window;
    private final long acceptedAfterStart;
    private final long maxAhead;
    private final int maxValueBytes;
    private final List<DimensionSettings> dimensions;
    private final DimensionReader[] readers;
    private final Applications applications;
    private final SpanFilter filter;
    private final ApdexClasses apdex;
    private final AdjustedCount adjustedCount = new AdjustedCount();
    private final AttributeText serviceName = new AttributeText(Naming.SERVICE_NAME);
    private final RedMetrics metrics;
    private final LocalCounts counts;
    private final SpanSides sides;
    private final LocalCounts.SeriesMaker maker;

    /** Null where events are not counted. */
    private final EventCounts events;

    private final Utf8Builder key = new Utf8Builder();
    private long arrival;
    private ResourceView resource;
    private ScopeView scope;
    private Application application;
    private byte[] applicationName;
    private int serviceFrom;
    private int resourceTo;

    /**
     * @param sides gets the same spans; null where calls are not counted
     */
    SpanCounts(
            VirtualMetricsSettings settings,
            Applications applications,
            RedMetrics metrics,
            LocalCounts counts,
            SpanSides sides) {
        window = settings.window().toMillis();
        acceptedAfterStart =
                window + settings.windowWait().toMillis() + settings.allowedLateness().toMillis();
        maxAhead = settings.maxAhead().toMillis();
        maxValueBytes = settings.limits().maxValueBytes();
        dimensions = settings.dimensions();
        readers =
                dimensions.stream()
                        .map(
                                dimension ->
                                        new DimensionReader(
                                                dimension,
                                                ValueSource.of(
                                                        dimension.attribute(), settings.naming()),
                                                settings.templates(),
                                                maxValueBytes))
                        .toArray(DimensionReader[]::new);
        this.applications = applications;
        filter = new SpanFilter(settings.filter(), metrics.group());
        apdex = new ApdexClasses(settings.apdex());
        this.metrics = metrics;
        this.counts = counts;
        this.sides = sides;
        maker = key -> series(SeriesKind.SPANS, dimensions, key);
        events = settings.events().enabled() ? events(settings) : null;
    }

    private EventCounts events(VirtualMetricsSettings settings) {
        List<DimensionSettings> all = new ArrayList<>(dimensions);
        all.addAll(settings.eventDimensions());
        return new EventCounts(settings, counts, key -> series(SeriesKind.EVENTS, all, key));
    }

    /**
     * @param time of the request whose spans follow
     */
    void arrival(long time) {
        arrival = time;
    }

    @Override
    public void resource(ResourceView next) {
        resource = next;
        Application found = applications.of(next);
        if (!found.equals(application)) {
            application = found;
            applicationName = found.name().getBytes(StandardCharsets.UTF_8);
        }
        key.clear();
        key.appendDecimal(application.bizId());
        key.appendByte(END);
        key.append(applicationName);
        key.appendByte(END);
        serviceFrom = key.length();
        serviceName.appendTo(next.attributes(), key);
        key.cut(serviceFrom, maxValueBytes);
        key.appendByte(END);
        resourceTo = key.length();
        if (filter.asksOfServices()) {
            filter.service(service());
        }
        if (sides != null) {
            sides.resource(application, key, serviceFrom, resourceTo - 1);
        }
        for (DimensionReader reader : readers) {
            reader.resource(next);
        }
    }

    /** Empty where the spans at hand have none. */
    private String service() {
        return key.text(serviceFrom, resourceTo - 1);
    }

    @Override
    public void scope(ScopeView next) {
        scope = next;
    }

    @Override
    public void span(SpanView span) {
        if (sides != null) {
            sides.span(span, arrival);
        }
        if (!filter.passes(resource, scope, span)) {
            return;
        }
        long end = Long.divideUnsigned(span.endUnixNano(), NANOS_PER_MILLI);
        long windowStart = end - end % window;
        if (arrival > windowStart + acceptedAfterStart) {
            metrics.tooLate(service());
        } else if (end - arrival > maxAhead) {
            metrics.ahead(service());
        } else {
            count(span, windowStart, end);
        }
    }

    private void count(SpanView span, long windowStart, long end) {
        metrics.counted();
        key.truncate(resourceTo);
        for (DimensionReader reader : readers) {
            reader.appendTo(key, span);
            key.appendByte(END);
        }
        long micros = micros(span);
        long times = adjustedCount.of(span);
        boolean error = span.statusCode() == LocalTotals.ERROR;
        counts.totals(key, windowStart, maker)
                .add(span, arrival, times, micros, end, apdex.of(resource, span, micros, error));
        if (events != null) {
            events.count(key, span, windowStart, arrival, times, micros, end);
        }
    }

    private static long micros(SpanView span) {
        return Long.compareUnsigned(span.endUnixNano(), span.startUnixNano()) < 0
                ? 0
                : Long.divideUnsigned(span.endUnixNano() - span.startUnixNano(), NANOS_PER_MICRO);
    }

    private Series series(SeriesKind kind, List<DimensionSettings> its, Utf8Builder key) {
        List<Dimension> present = new ArrayList<>();
        int from = resourceTo;
        for (DimensionSettings dimension : its) {
            int to = from;
            while (key.bytes()[to] != END) {
                to++;
            }
            if (to > from) {
                present.add(new Dimension(dimension.name(), key.text(from, to)));
            }
            from = to + 1;
        }
        return Series.of(kind, application, service(), present);
    }

    /** Values that were longer than they may be. */
    long valuesCut() {
        long cut = events == null ? 0 : events.valuesCut();
        for (DimensionReader reader : readers) {
            cut += reader.cut();
        }
        return cut;
    }
}
