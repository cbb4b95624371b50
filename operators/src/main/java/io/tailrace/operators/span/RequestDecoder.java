package io.tailrace.operators.span;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.bkjson.BkJsonReader;
import io.tailrace.operators.span.json.OtlpJsonReader;

/** Turns records of every encoding into OTLP protobuf. Each instance is used by one thread. */
public final class RequestDecoder {

    private final OtlpJsonReader json = new OtlpJsonReader();
    private final BkJsonReader bkJson = new BkJsonReader();

    /**
     * @return an export request as protobuf, not checked yet where it came so
     * @throws UnreadableException where nothing of the record can be read; nothing was rejected
     *     then
     */
    public byte[] decode(Encoding encoding, byte[] payload, Rejects rejects)
            throws UnreadableException {
        return switch (encoding) {
            case OTLP_PROTO -> payload;
            case OTLP_JSON -> json.read(payload, rejects);
            case BK_JSON -> bkJson.read(payload, rejects);
        };
    }
}
