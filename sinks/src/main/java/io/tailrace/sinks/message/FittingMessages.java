package io.tailrace.sinks.message;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.span.bkjson.BkJsonWriter;
import io.tailrace.operators.span.json.OtlpJsonWriter;
import io.tailrace.operators.span.wire.RequestHalver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Encodes spans as messages that are no larger than they may be, each with the same key. What does
 * not fit is cut into halves until it does; a single span that does not is handed back.
 */
final class FittingMessages {

    private static final byte[] NO_KEY = null;

    /** How fast a batch that grew much is forgotten; one that grows more counts at once. */
    private static final double FORGETTING = 0.1;

    private final Encoding encoding;
    private final long mostBytes;
    private final OtlpJsonWriter json = new OtlpJsonWriter();
    private final BkJsonWriter bkJson = new BkJsonWriter();
    private final RequestHalver halver = new RequestHalver();

    /** Bytes of batches by their bytes as protobuf. */
    private double growth = 1;

    /**
     * @param mostBytes of a message, key and value together
     */
    FittingMessages(Encoding encoding, long mostBytes) {
        this.encoding = encoding;
        this.mostBytes = mostBytes;
    }

    /** Takes what becomes of spans. */
    interface Output {
        void message(Message message);

        /**
         * @param otlp an export request with the one span
         */
        void tooLarge(byte[] otlp);
    }

    /**
     * Sends traces together, without a key. What does not fit is divided between traces, so that
     * only a trace that is itself too large is cut.
     *
     * @param traces one or more
     */
    void sendTogether(List<KeptSpans> traces, Output out) throws IOException {
        if (traces.size() == 1) {
            send(NO_KEY, traces.get(0).otlp(), traces.get(0).spans(), out);
            return;
        }
        byte[] otlp = joined(traces);
        byte[] value = encode(otlp);
        double measured = (double) value.length / otlp.length;
        growth = Math.max(measured, growth + (measured - growth) * FORGETTING);
        if (value.length <= mostBytes) {
            out.message(new Message(NO_KEY, value));
        } else {
            int middle = traces.size() / 2;
            sendTogether(traces.subList(0, middle), out);
            sendTogether(traces.subList(middle, traces.size()), out);
        }
    }

    /**
     * Whether traces are expected to fit a message together, by how much larger than protobuf those
     * before were.
     *
     * @param otlpBytes of all of them
     */
    boolean likelyFit(long otlpBytes) {
        return otlpBytes * growth <= mostBytes;
    }

    /** Concatenated export requests are one too. */
    private static byte[] joined(List<KeptSpans> traces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        traces.forEach(each -> all.writeBytes(each.otlp()));
        return all.toByteArray();
    }

    /**
     * @param key null for none
     * @param otlp an export request
     * @param spans how many it holds
     */
    void send(byte[] key, byte[] otlp, int spans, Output out) throws IOException {
        int keyBytes = key == null ? 0 : key.length;
        // What is beyond the limit as protobuf nearly always is so as JSON too, and need not be
        // written first; but no span is given up before it is.
        boolean hopeless = spans > 1 && otlp.length + keyBytes > mostBytes;
        byte[] value = hopeless ? null : encode(otlp);
        if (value != null && value.length + keyBytes <= mostBytes) {
            out.message(new Message(key, value));
        } else if (spans > 1) {
            List<byte[]> halves = halver.halve(otlp);
            send(key, halves.get(0), spans / 2, out);
            send(key, halves.get(1), spans - spans / 2, out);
        } else {
            out.tooLarge(otlp);
        }
    }

    private byte[] encode(byte[] otlp) throws IOException {
        return switch (encoding) {
            case OTLP_PROTO -> otlp;
            case OTLP_JSON -> json.write(otlp);
            case BK_JSON -> bkJson.write(otlp);
        };
    }
}
