package io.tailrace.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.plain.PlainSpan;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Traces of which a span with an error was sent during a burst, as the sender knows them. */
final class FailedTraces {

    private final Burst burst;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    FailedTraces(Burst burst) {
        this.burst = burst;
    }

    /** A request that is sent, so long after the start of the traffic. */
    void see(Duration at, byte[] request) throws InvalidProtocolBufferException {
        if (at.compareTo(burst.from()) < 0 || at.compareTo(burst.until()) >= 0) {
            return;
        }
        for (PlainSpan span : PlainSpan.of(ExportTraceServiceRequest.parseFrom(request))) {
            if (span.span().getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
                ids.add(span.traceId());
            }
        }
    }

    Burst burst() {
        return burst;
    }

    /** In hex digits. */
    String[] ids() {
        return ids.toArray(new String[0]);
    }
}
