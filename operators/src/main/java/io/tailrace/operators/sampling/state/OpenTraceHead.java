package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.evidence.ShortEvidenceFormat;
import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;

/** How an {@link OpenTrace} is written where every byte is held in memory. */
final class OpenTraceHead {

    private static final int REOPENED = 1;
    private static final int ROOT = 2;
    private static final int GATHERED = 4;
    private static final int SETTLED = 8;

    private OpenTraceHead() {}

    static void write(OpenTrace trace, DataOutputView out) throws IOException {
        Gathered gathered = trace.gathered();
        boolean root = trace.rootArrival() != Long.MAX_VALUE;
        out.writeByte(
                (trace.reopened() ? REOPENED : 0)
                        | (root ? ROOT : 0)
                        | (gathered != null ? GATHERED : 0)
                        | (gathered != null && gathered.settled() ? SETTLED : 0));
        Primitives.writeLong(trace.firstSeen(), out);
        Primitives.writeLong(trace.deadline() - trace.firstSeen(), out);
        if (root) {
            Primitives.writeLong(trace.rootArrival() - trace.firstSeen(), out);
        }
        Primitives.writeSize(trace.spans(), out);
        Primitives.writeLong(trace.bytes(), out);
        if (gathered != null) {
            ShortEvidenceFormat.write(gathered.evidence(), out);
            out.writeLong(gathered.fingerprint());
            Primitives.writeLong(gathered.latest() - trace.firstSeen(), out);
        }
    }

    static OpenTrace read(DataInputView in) throws IOException {
        int flags = in.readByte();
        long firstSeen = Primitives.readLong(in);
        long deadline = firstSeen + Primitives.readLong(in);
        return new OpenTrace(
                firstSeen,
                (flags & ROOT) == 0 ? Long.MAX_VALUE : firstSeen + Primitives.readLong(in),
                deadline,
                Primitives.readSize(in),
                Primitives.readLong(in),
                (flags & REOPENED) != 0,
                (flags & GATHERED) == 0
                        ? null
                        : new Gathered(
                                ShortEvidenceFormat.read(in),
                                in.readLong(),
                                firstSeen + Primitives.readLong(in),
                                (flags & SETTLED) != 0));
    }
}
