package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.EventSettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

/**
 * Counts the events of spans. The key of an event's series is its span's, and behind that the
 * values of its own dimensions; so it is longer than any of a span, and never the same. For one
 * thread.
 */
final class EventCounts {

    private final DimensionReader[] readers;
    private final LocalCounts counts;
    private final LocalCounts.SeriesMaker maker;

    /** Which event of the span is read. */
    private int event;

    /**
     * @param maker makes the series of a key
     */
    EventCounts(
            VirtualMetricsSettings settings, LocalCounts counts, LocalCounts.SeriesMaker maker) {
        readers =
                settings.eventDimensions().stream()
                        .map(dimension -> reader(dimension, settings))
                        .toArray(DimensionReader[]::new);
        this.counts = counts;
        this.maker = maker;
    }

    private DimensionReader reader(DimensionSettings dimension, VirtualMetricsSettings settings) {
        return new DimensionReader(
                dimension,
                source(dimension.attribute()),
                settings.templates(),
                settings.limits().maxValueBytes());
    }

    private ValueSource source(String attribute) {
        if (attribute.equals(EventSettings.EVENT_NAME)) {
            return (span, out) -> span.appendEventNameTo(event, out);
        }
        AttributeText text = new AttributeText(attribute);
        return (span, out) -> text.appendTo(span.eventAttributes(event), out);
    }

    /**
     * @param key the span's; longer afterwards
     * @param times for how many the span stands
     */
    void count(
            Utf8Builder key,
            SpanView span,
            long windowStart,
            long arrival,
            long times,
            long micros,
            long endMillis) {
        int ofSpan = key.length();
        for (event = 0; event < span.eventCount(); event++) {
            key.truncate(ofSpan);
            for (DimensionReader reader : readers) {
                reader.appendTo(key, span);
                key.appendByte(SpanCounts.END);
            }
            counts.totals(key, windowStart, maker)
                    .addEvent(span, arrival, times, micros, endMillis);
        }
    }

    /** Values that were longer than they may be. */
    long valuesCut() {
        long cut = 0;
        for (DimensionReader reader : readers) {
            cut += reader.cut();
        }
        return cut;
    }
}
