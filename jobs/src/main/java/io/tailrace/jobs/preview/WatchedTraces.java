package io.tailrace.jobs.preview;

import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.span.TraceId;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the decisions and spans of a few traces of a dry run. Made for one thread. */
public final class WatchedTraces {

    private final Map<TraceId, List<Gathering>> traces = new LinkedHashMap<>();

    /**
     * A decision, with all that it saw.
     *
     * @param record as first made, or as reconsidered
     * @param otlp the spans that were decided on, in the order of their arrival
     * @param lateSpans those that came after
     */
    public record Seen(DecisionRecord record, byte[] otlp, long lateSpans) {}

    private static final class Gathering {
        private DecisionRecord record;
        private final ByteArrayOutputStream members = new ByteArrayOutputStream();
        private final ByteArrayOutputStream late = new ByteArrayOutputStream();
        private long lateSpans;

        /** Whether the spans that come next were decided on. */
        private boolean awaited = true;

        Gathering(DecisionRecord record) {
            this.record = record;
        }

        void reconsidered(DecisionRecord again) {
            record = again;
            members.writeBytes(late.toByteArray());
            late.reset();
            lateSpans = 0;
            awaited = true;
        }

        void add(KeptSpans spans) {
            if (awaited) {
                members.writeBytes(spans.otlp());
            } else {
                late.writeBytes(spans.otlp());
                lateSpans += spans.spans();
            }
            awaited = false;
        }
    }

    public WatchedTraces(Set<TraceId> watched) {
        watched.forEach(traceId -> traces.put(traceId, new ArrayList<>()));
    }

    /** Takes a record as it is made. */
    public void decision(DecisionRecord record) {
        List<Gathering> trace = traces.get(record.traceId());
        if (trace == null) {
            return;
        }
        if (record.trigger() != Trigger.LATE) {
            trace.add(new Gathering(record));
            return;
        }
        Gathering last = trace.get(trace.size() - 1);
        boolean same = record.decided() == last.record.decided();
        if (same && !record.decision().equals(last.record.decision())) {
            last.reconsidered(record);
        }
    }

    /** Takes spans behind their trace's decision. */
    public void spans(KeptSpans spans) {
        List<Gathering> trace = traces.get(spans.traceId());
        if (trace != null) {
            trace.get(trace.size() - 1).add(spans);
        }
    }

    /** The decisions on a watched trace in their order; none where it did not come by. */
    public List<Seen> of(TraceId traceId) {
        return traces.get(traceId).stream()
                .map(each -> new Seen(each.record, each.members.toByteArray(), each.lateSpans))
                .toList();
    }
}
