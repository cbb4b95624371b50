package io.tailrace.sinks.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The spans that stand for a series: its slowest, and the slowest that failed. */
public final class Exemplars {

    private static final JsonFactory JSON = new JsonFactory();

    private Exemplars() {}

    /** Each once: none, one or two. */
    public static List<Exemplar> of(SeriesTotals totals) {
        return Stream.of(totals.slowest(), totals.slowestError())
                .filter(each -> each != null)
                .distinct()
                .toList();
    }

    /** 32 hexadecimal digits. */
    public static String traceId(Exemplar exemplar) {
        return new TraceId(exemplar.traceHigh(), exemplar.traceLow()).hex();
    }

    /** 16 hexadecimal digits. */
    public static String spanId(Exemplar exemplar) {
        return "%016x".formatted(exemplar.spanId());
    }

    /** The same as text. */
    public static String text(SeriesTotals totals) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(totals, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory", impossible);
        }
        return text.toString();
    }

    /** An array of objects, as JSON. */
    public static void write(SeriesTotals totals, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Exemplar exemplar : of(totals)) {
            json.writeStartObject();
            json.writeStringField("trace_id", traceId(exemplar));
            json.writeStringField("span_id", spanId(exemplar));
            json.writeNumberField("duration_us", exemplar.durationMicros());
            json.writeNumberField("end_ms", exemplar.endMillis());
            // The slowest of all that failed at least equals the slowest of all, if that failed.
            json.writeBooleanField("error", exemplar.equals(totals.slowestError()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
