package io.tailrace.sinks.message;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.span.bkjson.BkJsonWriter;
import io.tailrace.operators.span.json.OtlpJsonWriter;
import io.tailrace.operators.span.wire.RequestHalver;

import java.io.IOException;
import java.util.List;

/**
 * Encodes spans as messages that are no larger than they may be, each with the same key. What does
 * not fit is cut into halves until it does; a single span that does not is handed back.
 */
final class FittingMessages {

    private final Encoding encoding;
    private final long mostBytes;
    private final OtlpJsonWriter json = new OtlpJsonWriter();
    private final BkJsonWriter bkJson = new BkJsonWriter();
    private final RequestHalver halver = new RequestHalver();

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
