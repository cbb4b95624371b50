package io.tailrace.sinks.message;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.span.json.OtlpJsonWriter;
import io.tailrace.operators.span.wire.RequestHalver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Encodes kept spans, with the trace id as key. Spans that are too large for one message go as
 * several of the same key; a single span that is too large becomes a dead letter.
 */
public final class SpansToMessages extends ProcessFunction<KeptSpans, Message> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetter.TYPE);

    private final Encoding encoding;
    private final long mostBytes;
    private final String sink;

    private transient OtlpJsonWriter json;
    private transient RequestHalver halver;
    private transient Counter tooLarge;

    /**
     * @param mostBytes of a message, key and value together
     * @param sink what to call the sink in a dead letter
     */
    public SpansToMessages(Encoding encoding, long mostBytes, String sink) {
        this.encoding = encoding;
        this.mostBytes = mostBytes;
        this.sink = sink;
    }

    @Override
    public void open(OpenContext context) {
        json = new OtlpJsonWriter();
        halver = new RequestHalver();
        String reason = DeadLetter.Reason.SPAN_TOO_LARGE.name().toLowerCase(Locale.ROOT);
        tooLarge =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup("tailrace")
                        .addGroup("reason", reason)
                        .counter("dead_letters");
    }

    @Override
    public void processElement(KeptSpans kept, Context context, Collector<Message> out)
            throws IOException {
        byte[] key = kept.traceId().hex().getBytes(StandardCharsets.US_ASCII);
        send(key, kept.otlp(), kept.spans(), context, out);
    }

    private void send(byte[] key, byte[] otlp, int spans, Context context, Collector<Message> out)
            throws IOException {
        // What is beyond the limit as protobuf is so as JSON too, and need not be written first.
        byte[] value = otlp.length + key.length <= mostBytes ? encode(otlp) : null;
        if (value != null && value.length + key.length <= mostBytes) {
            out.collect(new Message(key, value));
        } else if (spans > 1) {
            List<byte[]> halves = halver.halve(otlp);
            send(key, halves.get(0), spans / 2, context, out);
            send(key, halves.get(1), spans - spans / 2, context, out);
        } else {
            tooLarge.inc();
            context.output(DEAD_LETTERS, deadLetter(key, otlp));
        }
    }

    private byte[] encode(byte[] otlp) throws IOException {
        return switch (encoding) {
            case OTLP_PROTO -> otlp;
            case OTLP_JSON -> json.write(otlp);
        };
    }

    private DeadLetter deadLetter(byte[] key, byte[] otlp) {
        return DeadLetter.of(
                DeadLetter.Reason.SPAN_TOO_LARGE,
                "A span of trace %s is larger than the %d bytes of a message to %s"
                        .formatted(new String(key, StandardCharsets.US_ASCII), mostBytes, sink),
                Origin.NONE,
                otlp);
    }
}
