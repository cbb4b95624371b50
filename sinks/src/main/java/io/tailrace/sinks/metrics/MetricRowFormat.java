package io.tailrace.sinks.metrics;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.message.JsonFormat;

import java.io.IOException;

/**
 * A row as JSON. Durations are whole microseconds, but for averages. An edge has no {@code
 * span_name}; its durations are those that servers measured, and those that clients measured stand
 * beside them under {@code client_...}, each with how many there are.
 *
 * <p>Of events of spans there is {@code event_count} in place of all that.
 *
 * <p>An exponential histogram has no {@code bucket_bounds}: the first of its {@code buckets} is the
 * one of index {@code bucket_offset} at scale {@code bucket_scale}, as in OpenTelemetry's data
 * model, in microseconds; {@code zero_count} counts what is below one.
 */
public final class MetricRowFormat implements JsonFormat<MetricRow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void write(MetricRow row, JsonGenerator json) throws IOException {
        Series series = row.series();
        SeriesTotals totals = row.totals();
        json.writeNumberField("time_ms", row.windowStart());
        json.writeStringField("series_id", series.id().hex());
        json.writeNumberField("biz_id", series.application().bizId());
        json.writeStringField("app_name", series.application().name());
        json.writeObjectFieldStart("dimensions");
        writeDimensions(series, json);
        json.writeEndObject();
        switch (series.kind()) {
            case SPANS, EDGES -> writeTotals(totals, json);
            // Under a name of its own, so that nobody adds events to spans.
            case EVENTS -> json.writeNumberField("event_count", totals.count());
        }
        json.writeFieldName("exemplars");
        Exemplars.write(totals, json);
        json.writeNumberField("revision", row.revision());
    }

    private static void writeTotals(SeriesTotals totals, JsonGenerator json) throws IOException {
        json.writeNumberField("count", totals.count());
        json.writeNumberField("error_count", totals.errors());
        writeDurations("", totals.durations(), json);
        json.writeNumberField("satisfied_count", totals.satisfied());
        json.writeNumberField("tolerating_count", totals.tolerating());
        json.writeNumberField("frustrated_count", totals.frustrated());
        json.writeNumberField("call_count", totals.calls());
        json.writeNumberField("request_count", totals.requests());
        writeReal("error_rate", Derived.errorRate(totals), json);
        writeReal("apdex", Derived.apdex(totals), json);
        if (totals.clientDurations() != null) {
            json.writeNumberField("server_count", totals.durations().count());
            json.writeNumberField("client_count", totals.clientDurations().count());
            writeDurations("client_", totals.clientDurations(), json);
        }
    }

    /** The members of {@code dimensions}. */
    public static void writeDimensions(Series series, JsonGenerator json) throws IOException {
        for (Dimension dimension : series.dimensions()) {
            json.writeStringField(dimension.name(), dimension.value());
        }
    }

    private static void writeDurations(String prefix, DurationTotals durations, JsonGenerator json)
            throws IOException {
        json.writeNumberField(prefix + "sum_duration_us", durations.sumMicros());
        json.writeNumberField(prefix + "max_duration_us", durations.maxMicros());
        json.writeNumberField(prefix + "min_duration_us", durations.minMicros());
        writeReal(prefix + "avg_duration_us", Derived.averageMicros(durations), json);
        writeHistogram(prefix, durations.histogram(), json);
    }

    private static void writeHistogram(String prefix, Histogram histogram, JsonGenerator json)
            throws IOException {
        if (histogram instanceof ExplicitHistogram explicit) {
            writeWholes(prefix + "bucket_bounds", explicit.bounds(), json);
            writeWholes(prefix + "buckets", explicit.counts(), json);
        } else if (histogram instanceof ExponentialHistogram exponential) {
            json.writeNumberField(prefix + "bucket_scale", exponential.scale());
            json.writeNumberField(prefix + "bucket_offset", exponential.offset());
            json.writeNumberField(prefix + "zero_count", exponential.zeros());
            writeWholes(prefix + "buckets", exponential.counts(), json);
        }
    }

    private static void writeWholes(String name, long[] values, JsonGenerator json)
            throws IOException {
        json.writeFieldName(name);
        json.writeArray(values, 0, values.length);
    }

    private static void writeReal(String name, Double value, JsonGenerator json)
            throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
