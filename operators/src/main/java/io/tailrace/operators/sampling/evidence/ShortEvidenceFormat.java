package io.tailrace.operators.sampling.evidence;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;

/**
 * How {@link Evidence} is written where every byte is held in memory: as {@link EvidenceFormat}
 * does, with numbers in as few bytes as they need, and times by their distance.
 */
public final class ShortEvidenceFormat {

    private ShortEvidenceFormat() {}

    public static void write(Evidence evidence, DataOutputView out) throws IOException {
        out.writeByte(EvidenceFormat.flags(evidence));
        long[] bits = evidence.bits();
        Primitives.writeSize(bits.length, out);
        for (long word : bits) {
            Primitives.writeLong(word, out);
        }
        Primitives.writeSize(evidence.spans(), out);
        Primitives.writeLong(evidence.bytes(), out);
        if (evidence.timed()) {
            out.writeLong(evidence.startUnixNano());
            Primitives.writeLong(evidence.endUnixNano() - evidence.startUnixNano(), out);
        }
        if (evidence.hasRoot()) {
            Primitives.writeLong(evidence.rootStart() - evidence.startUnixNano(), out);
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

    public static Evidence read(DataInputView in) throws IOException {
        int flags = in.readByte();
        boolean timed = (flags & EvidenceFormat.TIMED) != 0;
        boolean root = (flags & EvidenceFormat.ROOT) != 0;
        long[] bits = new long[Primitives.readSize(in)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Primitives.readLong(in);
        }
        int spans = Primitives.readSize(in);
        long bytes = Primitives.readLong(in);
        long start = timed ? in.readLong() : 0;
        return new Evidence(
                bits,
                spans,
                bytes,
                timed,
                start,
                timed ? start + Primitives.readLong(in) : 0,
                root,
                root ? start + Primitives.readLong(in) : 0,
                root ? in.readLong() : 0,
                root ? Primitives.readText(in) : null,
                root ? Primitives.readText(in) : null,
                (flags & EvidenceFormat.THRESHOLD) != 0 ? in.readLong() : Evidence.NONE,
                (flags & EvidenceFormat.RANDOMNESS) != 0 ? in.readLong() : Evidence.NONE);
    }
}
