package io.tailrace.sinks.message;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes kept spans of several traces together, without a key. A batch is sent when the next trace
 * would probably make it larger than a message, when event time has gone on by the wait since its
 * first trace came, before each checkpoint and at the end of input; so it is never part of state. A
 * trace that fits a message is never divided; one that does not is cut as without batches.
 */
public final class SpansToBatches extends AbstractStreamOperator<Message>
        implements OneInputStreamOperator<KeptSpans, Message> {

    private static final long serialVersionUID = 1L;

    private final Encoding encoding;
    private final long mostBytes;
    private final long waitMillis;
    private final String sink;

    private transient FittingMessages messages;
    private transient FittingMessages.Output out;
    private transient List<KeptSpans> batch;
    private transient long otlpBytes;
    private transient long time;
    private transient long due;

    /**
     * @param mostBytes of a message
     * @param wait in event time
     * @param sink what to call the sink in a dead letter
     */
    public SpansToBatches(Encoding encoding, long mostBytes, Duration wait, String sink) {
        this.encoding = encoding;
        this.mostBytes = mostBytes;
        this.waitMillis = wait.toMillis();
        this.sink = sink;
    }

    @Override
    public void open() throws Exception {
        super.open();
        messages = new FittingMessages(encoding, mostBytes);
        out = new ToOutput(new TooLargeSpans(mostBytes, sink, getMetricGroup()));
        batch = new ArrayList<>();
        otlpBytes = 0;
        time = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<KeptSpans> element) throws IOException {
        KeptSpans kept = element.getValue();
        if (!batch.isEmpty() && !messages.likelyFit(otlpBytes + kept.otlp().length)) {
            flush();
        }
        if (batch.isEmpty()) {
            due = time + waitMillis;
        }
        batch.add(kept);
        otlpBytes += kept.otlp().length;
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        time = watermark.getTimestamp();
        if (!batch.isEmpty() && time >= due) {
            flush();
        }
        super.processWatermark(watermark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private void flush() throws IOException {
        if (!batch.isEmpty()) {
            messages.sendTogether(batch, out);
            batch.clear();
            otlpBytes = 0;
        }
    }

    /** Hands on messages, and dead letters aside. */
    private final class ToOutput implements FittingMessages.Output {
        private final TooLargeSpans tooLarge;

        ToOutput(TooLargeSpans tooLarge) {
            this.tooLarge = tooLarge;
        }

        @Override
        public void message(Message message) {
            output.collect(new StreamRecord<>(message));
        }

        @Override
        public void tooLarge(byte[] otlp) {
            output.collect(
                    SpansToMessages.DEAD_LETTERS, new StreamRecord<>(tooLarge.deadLetter(otlp)));
        }
    }
}
