package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.evidence.EvidenceFormat;

import java.io.IOException;

/** How {@link OpenTrace} is written: its components in their order. */
final class OpenTraceFormat {

    private OpenTraceFormat() {}

    static void write(OpenTrace trace, DataOutputView out) throws IOException {
        out.writeLong(trace.firstSeen());
        out.writeLong(trace.rootArrival());
        out.writeLong(trace.deadline());
        out.writeInt(trace.spans());
        out.writeLong(trace.bytes());
        out.writeBoolean(trace.reopened());
        Gathered gathered = trace.gathered();
        out.writeBoolean(gathered != null);
        if (gathered != null) {
            EvidenceFormat.write(gathered.evidence(), out);
            out.writeLong(gathered.fingerprint());
            out.writeLong(gathered.latest());
            out.writeBoolean(gathered.settled());
        }
    }

    static OpenTrace read(DataInputView in) throws IOException {
        return read(in, true);
    }

    /** Before version 2 of the state nothing was gathered. */
    static OpenTrace read(DataInputView in, boolean mayBeGathered) throws IOException {
        return new OpenTrace(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readBoolean(),
                mayBeGathered && in.readBoolean() ? gathered(in) : null);
    }

    private static Gathered gathered(DataInputView in) throws IOException {
        return new Gathered(
                EvidenceFormat.read(in), in.readLong(), in.readLong(), in.readBoolean());
    }
}
