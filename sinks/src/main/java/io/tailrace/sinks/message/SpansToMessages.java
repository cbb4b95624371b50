package io.tailrace.sinks.message;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

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

    private transient FittingMessages messages;
    private transient TooLargeSpans tooLarge;

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
        messages = new FittingMessages(encoding, mostBytes);
        tooLarge = new TooLargeSpans(mostBytes, sink, getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(KeptSpans kept, Context context, Collector<Message> out)
            throws IOException {
        byte[] key = kept.traceId().hex().getBytes(StandardCharsets.US_ASCII);
        messages.send(
                key,
                kept.otlp(),
                kept.spans(),
                new FittingMessages.Output() {
                    @Override
                    public void message(Message message) {
                        out.collect(message);
                    }

                    @Override
                    public void tooLarge(byte[] otlp) {
                        context.output(DEAD_LETTERS, tooLarge.deadLetter(otlp));
                    }
                });
    }
}
