package io.tailrace.operators.metrics;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;

/** How {@link SeriesTotals} are written inside other values. */
public final class TotalsFormat {

    private static final int EXPLICIT = 1;
    private static final int EXPONENTIAL = 2;

    private TotalsFormat() {}

    public static void write(SeriesTotals totals, DataOutputView out) throws IOException {
        for (long count : totals.counts()) {
            Primitives.writeLong(count, out);
        }
        write(totals.durations(), out);
        out.writeBoolean(totals.clientDurations() != null);
        if (totals.clientDurations() != null) {
            write(totals.clientDurations(), out);
        }
        write(totals.slowest(), out);
        write(totals.slowestError(), out);
    }

    public static SeriesTotals read(DataInputView in) throws IOException {
        long[] counts = new long[7];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Primitives.readLong(in);
        }
        return new SeriesTotals(
                readDurations(in),
                in.readBoolean() ? readDurations(in) : null,
                counts,
                readExemplar(in),
                readExemplar(in));
    }

    private static void write(DurationTotals durations, DataOutputView out) throws IOException {
        Primitives.writeLong(durations.count, out);
        Primitives.writeLong(durations.sum, out);
        Primitives.writeLong(durations.max, out);
        Primitives.writeLong(durations.min, out);
        if (durations.histogram instanceof ExplicitHistogram explicit) {
            out.writeByte(EXPLICIT);
            writeLongs(explicit.bounds(), out);
            writeLongs(explicit.counts(), out);
        } else if (durations.histogram instanceof ExponentialHistogram exponential) {
            out.writeByte(EXPONENTIAL);
            Primitives.writeSize(exponential.maxSize(), out);
            out.writeInt(exponential.scale());
            Primitives.writeLong(exponential.zeros(), out);
            out.writeInt(exponential.offset());
            writeLongs(exponential.counts(), out);
        }
    }

    private static DurationTotals readDurations(DataInputView in) throws IOException {
        long count = Primitives.readLong(in);
        long sum = Primitives.readLong(in);
        long max = Primitives.readLong(in);
        long min = Primitives.readLong(in);
        DurationTotals durations = new DurationTotals(readHistogram(in));
        durations.count = count;
        durations.sum = sum;
        durations.max = max;
        durations.min = min;
        return durations;
    }

    private static Histogram readHistogram(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case EXPLICIT -> new ExplicitHistogram(readLongs(in), readLongs(in));
            case EXPONENTIAL ->
                    new ExponentialHistogram(
                            Primitives.readSize(in),
                            in.readInt(),
                            Primitives.readLong(in),
                            in.readInt(),
                            readLongs(in));
            default -> throw new IOException("No histogram has the number " + kind);
        };
    }

    private static void writeLongs(long[] values, DataOutputView out) throws IOException {
        Primitives.writeSize(values.length, out);
        for (long value : values) {
            Primitives.writeLong(value, out);
        }
    }

    private static long[] readLongs(DataInputView in) throws IOException {
        long[] values = new long[Primitives.readSize(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Primitives.readLong(in);
        }
        return values;
    }

    private static void write(Exemplar exemplar, DataOutputView out) throws IOException {
        out.writeBoolean(exemplar != null);
        if (exemplar != null) {
            out.writeLong(exemplar.traceHigh());
            out.writeLong(exemplar.traceLow());
            out.writeLong(exemplar.spanId());
            Primitives.writeLong(exemplar.durationMicros(), out);
            out.writeLong(exemplar.endMillis());
        }
    }

    private static Exemplar readExemplar(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Exemplar(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        Primitives.readLong(in),
                        in.readLong())
                : null;
    }
}
