package io.tailrace.operators.input;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Sends the first so many dead letters of each record, and counts all by their reason. */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Map<DeadLetter.Reason, Counter> counters = new EnumMap<>(DeadLetter.Reason.class);

    public DeadLetters(MetricGroup group) {
        for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            counters.put(reason, group.addGroup("reason", name).counter("dead_letters"));
        }
    }

    /** Takes those of a record, and first sends what its source rejected. */
    public OfRecord of(SpanRequest request, Consumer<DeadLetter> out) {
        OfRecord letters = new OfRecord(request, out);
        request.rejects().forEach(letters::send);
        return letters;
    }

    /** The dead letters of one record. */
    public final class OfRecord implements Rejects {
        private final SpanRequest request;
        private final Consumer<DeadLetter> out;
        private int sent;

        private OfRecord(SpanRequest request, Consumer<DeadLetter> out) {
            this.request = request;
            this.out = out;
        }

        @Override
        public void reject(DeadLetter.Reason reason, String error, byte[] bytes, int from, int to) {
            send(DeadLetter.of(reason, error, request.origin(), bytes, from, to));
        }

        /** Makes one of the whole record. */
        public void rejectAll(UnreadableException fault) {
            byte[] payload = request.payload();
            reject(fault.reason(), fault.getMessage(), payload, 0, payload.length);
        }

        private void send(DeadLetter letter) {
            Counter counter = counters.get(letter.reason());
            if (counter.getCount() == 0) {
                LOG.warn(
                        "The first dead letter of this kind: {}, {} ({})",
                        letter.reason(),
                        letter.error(),
                        letter.origin());
            }
            counter.inc();
            if (sent++ < DeadLetter.MOST_PER_RECORD) {
                out.accept(letter);
            }
        }
    }
}
