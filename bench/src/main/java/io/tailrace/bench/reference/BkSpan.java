package io.tailrace.bench.reference;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

/**
 * A span as a row of JSON.
 *
 * @param spanId its eight bytes
 * @param json UTF-8; nobody may change the bytes
 */
record BkSpan(TraceId traceId, long spanId, byte[] json) {

    static final ValueTypeInformation<BkSpan> TYPE =
            new ValueTypeInformation<>(BkSpan.class, new BkSpanSerializer());
}
