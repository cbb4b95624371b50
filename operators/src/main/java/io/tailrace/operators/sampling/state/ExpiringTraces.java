package io.tailrace.operators.sampling.state;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.util.List;

/**
 * Traces of one key group whose decisions expire in the same slice of time. It grows only until it
 * is in state.
 *
 * @param writer a number of the run that listed them
 * @param ids those decided in that run
 * @param toRead those of which something is known that forbids forgetting them unread: they were
 *     decided again, or their second record is still to be told
 */
public record ExpiringTraces(long writer, PackedIds ids, PackedIds toRead) {

    public static final ValueTypeInformation<ExpiringTraces> TYPE =
            new ValueTypeInformation<>(ExpiringTraces.class, new ExpiringTracesSerializer());

    static ExpiringTraces empty(long writer) {
        return new ExpiringTraces(writer, new PackedIds(), new PackedIds());
    }

    /** One that holds these. */
    public static ExpiringTraces of(long writer, List<TraceId> ids, List<TraceId> toRead) {
        ExpiringTraces traces = empty(writer);
        ids.forEach(traces.ids::add);
        toRead.forEach(traces.toRead::add);
        return traces;
    }

    int size() {
        return ids.size() + toRead.size();
    }

    /** Without room for more. */
    ExpiringTraces trimmed() {
        return new ExpiringTraces(writer, ids.trimmed(), toRead.trimmed());
    }
}
