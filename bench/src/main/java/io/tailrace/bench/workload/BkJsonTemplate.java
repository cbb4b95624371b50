package io.tailrace.bench.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The same request in BlueKing's JSON. Its columns {@code time} and {@code datetime}, whole seconds
 * as text, stay those of the first pass; nobody here reads them.
 */
final class BkJsonTemplate implements RequestTemplate {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Digits of microseconds since the epoch, until the year 2286. */
    private static final int TIME_DIGITS = 16;

    private static final int ITEMS_DEPTH = 2;
    private static final long NANOS_PER_MICRO = 1000;

    private final byte[] request;
    private final Placement placement;

    /** Where the 32 digits of each span's trace id are. */
    private final int[] traceIds;

    /** Where the times of spans and events are, what they are, and to which span each belongs. */
    private int[] times = new int[256];

    private long[] micros = new long[256];
    private int[] spanOfTime = new int[256];
    private int timeCount;

    BkJsonTemplate(byte[] request, Placement placement) {
        this.request = request;
        this.placement = placement;
        this.traceIds = new int[placement.spans()];
        try (JsonParser json = FACTORY.createParser(request)) {
            find(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("The pool's own request", impossible);
        }
        times = Arrays.copyOf(times, timeCount);
        micros = Arrays.copyOf(micros, timeCount);
        spanOfTime = Arrays.copyOf(spanOfTime, timeCount);
    }

    private void find(JsonParser json) throws IOException {
        int span = -1;
        int objects = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT && ++objects == ITEMS_DEPTH) {
                span++;
            } else if (token == JsonToken.END_OBJECT) {
                objects--;
            } else if (token == JsonToken.VALUE_STRING
                    && objects == ITEMS_DEPTH
                    && json.currentName().equals("trace_id")) {
                traceIds[span] = (int) json.currentTokenLocation().getByteOffset() + 1;
            } else if (token == JsonToken.VALUE_NUMBER_INT && isTime(json.currentName(), objects)) {
                time(json, span);
            }
        }
        if (span + 1 != placement.spans()) {
            throw new IllegalStateException(
                    "%d spans, not %d".formatted(span + 1, placement.spans()));
        }
    }

    private static boolean isTime(String name, int objects) {
        return switch (name) {
            case "start_time", "end_time" -> objects == ITEMS_DEPTH;
            case "timestamp" -> objects == ITEMS_DEPTH + 1;
            default -> false;
        };
    }

    private void time(JsonParser json, int span) throws IOException {
        if (timeCount == times.length) {
            times = Arrays.copyOf(times, 2 * timeCount);
            micros = Arrays.copyOf(micros, 2 * timeCount);
            spanOfTime = Arrays.copyOf(spanOfTime, 2 * timeCount);
        }
        times[timeCount] = (int) json.currentTokenLocation().getByteOffset();
        micros[timeCount] = json.getLongValue();
        spanOfTime[timeCount++] = span;
    }

    @Override
    public int spans() {
        return placement.spans();
    }

    @Override
    public byte[] replay(int lane, long pass, long passNanos) {
        byte[] copy = request.clone();
        int[] traces = placement.traces();
        int[] passes = placement.passes();
        for (int span = 0; span < traceIds.length; span++) {
            long begun = pass + passes[span];
            writeHex(copy, traceIds[span], TraceIds.high(lane, begun, traces[span]));
            writeHex(copy, traceIds[span] + 16, TraceIds.low(lane, begun, traces[span]));
        }
        long passMicros = passNanos / NANOS_PER_MICRO;
        for (int i = 0; i < times.length; i++) {
            long shift = (pass + passes[spanOfTime[i]]) * passMicros;
            writeDecimal(copy, times[i], micros[i] + shift);
        }
        return copy;
    }

    private static void writeHex(byte[] text, int at, long value) {
        for (int i = 0; i < 16; i++) {
            text[at + i] = DIGITS[(int) (value >>> 60 - 4 * i) & 15];
        }
    }

    private static void writeDecimal(byte[] text, int at, long value) {
        long rest = value;
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            text[at + i] = DIGITS[(int) (rest % 10)];
            rest /= 10;
        }
    }
}
