package io.tailrace.operators.sampling.evidence;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;

/** How {@link Evidence} is written inside other values. */
public final class EvidenceFormat {

    static final int TIMED = 1;
    static final int ROOT = 2;
    static final int THRESHOLD = 4;
    static final int RANDOMNESS = 8;

    private EvidenceFormat() {}

    public static void write(Evidence evidence, DataOutputView out) throws IOException {
        out.writeByte(flags(evidence));
        long[] bits = evidence.bits();
        Primitives.writeSize(bits.length, out);
        for (long word : bits) {
            out.writeLong(word);
        }
        Primitives.writeSize(evidence.spans(), out);
        out.writeLong(evidence.bytes());
        if (evidence.timed()) {
            out.writeLong(evidence.startUnixNano());
            out.writeLong(evidence.endUnixNano());
        }
        if (evidence.hasRoot()) {
            out.writeLong(evidence.rootStart());
            out.writeLong(evidence.rootSpanId());
            Primitives.writeText(evidence.rootService(), out);
            Primitives.writeText(evidence.rootName(), out);
        }
        if (evidence.threshold() != Evidence.NONE) {
            out.writeLong(evidence.threshold());
        }
        if (evidence.randomness() != Evidence.NONE) {
            out.writeLong(evidence.randomness());
        }
    }

    static int flags(Evidence evidence) {
        return (evidence.timed() ? TIMED : 0)
                | (evidence.hasRoot() ? ROOT : 0)
                | (evidence.threshold() != Evidence.NONE ? THRESHOLD : 0)
                | (evidence.randomness() != Evidence.NONE ? RANDOMNESS : 0);
    }

    public static Evidence read(DataInputView in) throws IOException {
        int flags = in.readByte();
        boolean timed = (flags & TIMED) != 0;
        boolean root = (flags & ROOT) != 0;
        long[] bits = new long[Primitives.readSize(in)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = in.readLong();
        }
        return new Evidence(
                bits,
                Primitives.readSize(in),
                in.readLong(),
                timed,
                timed ? in.readLong() : 0,
                timed ? in.readLong() : 0,
                root,
                root ? in.readLong() : 0,
                root ? in.readLong() : 0,
                root ? Primitives.readText(in) : null,
                root ? Primitives.readText(in) : null,
                (flags & THRESHOLD) != 0 ? in.readLong() : Evidence.NONE,
                (flags & RANDOMNESS) != 0 ? in.readLong() : Evidence.NONE);
    }
}
