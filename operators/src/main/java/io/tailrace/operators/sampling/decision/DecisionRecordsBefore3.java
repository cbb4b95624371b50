package io.tailrace.operators.sampling.decision;

import org.apache.flink.core.memory.DataInputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the first two formats of decision records: the components in their order, enums by name;
 * what is new in version 2 follows those of version 1.
 */
final class DecisionRecordsBefore3 {

    /** Below any threshold and any count. */
    private static final int NONE = -1;

    private DecisionRecordsBefore3() {}

    static DecisionRecord read(int version, DataInputView in) throws IOException {
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        Verdict verdict = Verdict.valueOf(Primitives.readText(in));
        String policy = Primitives.readText(in);
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            votes.put(Primitives.readText(in), Vote.valueOf(Primitives.readText(in)));
        }
        Trigger trigger = Trigger.valueOf(Primitives.readText(in));
        int spans = Primitives.readSize(in);
        long bytes = in.readLong();
        long start = in.readLong();
        long end = in.readLong();
        String rootService = Primitives.readText(in);
        String rootName = Primitives.readText(in);
        long firstSeen = in.readLong();
        long decided = in.readLong();
        int lateSpans = Primitives.readSize(in);
        boolean more = version > 1;
        String subPolicy = more ? Primitives.readText(in) : null;
        long threshold = more ? in.readLong() : NONE;
        double adjustedCount = more ? in.readDouble() : NONE;
        return new DecisionRecord(
                traceId,
                new Decision(
                        verdict,
                        policy,
                        subPolicy,
                        Collections.unmodifiableMap(votes),
                        threshold == NONE ? null : threshold),
                trigger,
                spans,
                bytes,
                start,
                end,
                rootService,
                rootName,
                firstSeen,
                decided,
                lateSpans,
                adjustedCount < 0 ? null : adjustedCount,
                !more || in.readBoolean());
    }
}
