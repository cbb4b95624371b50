package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.util.List;

/**
 * A whole trace, and how policies look at it.
 *
 * @param bytes its size as OTLP protobuf
 * @param bothNames whether attributes are looked for under old and new names
 * @param stamped whether kept spans carry their threshold
 */
record PlainTrace(
        TraceId traceId, List<PlacedSpan> spans, long bytes, boolean bothNames, boolean stamped) {}
