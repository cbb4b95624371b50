package io.tailrace.bench.workload;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An OTLP export request as protobuf. */
final class OtlpTemplate implements RequestTemplate {

    private static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] request;
    private final Placement placement;

    /** Where the 16 bytes of each span's trace id are. */
    private final int[] traceIds;

    /** Where the times of spans and events are, and to which span each belongs. */
    private int[] times = new int[256];

    private int[] spanOfTime = new int[256];
    private int timeCount;

    OtlpTemplate(byte[] request, Placement placement) {
        this.request = request;
        this.placement = placement;
        this.traceIds = new int[placement.spans()];
        try {
            find();
        } catch (IOException impossible) {
            throw new UncheckedIOException("The pool's own request", impossible);
        }
        times = Arrays.copyOf(times, timeCount);
        spanOfTime = Arrays.copyOf(spanOfTime, timeCount);
    }

    private void find() throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(request);
        int span = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int resourceEnd = enter(in);
            while (in.getTotalBytesRead() < resourceEnd) {
                if (!isAt(in, 2)) {
                    continue;
                }
                int scopeEnd = enter(in);
                while (in.getTotalBytesRead() < scopeEnd) {
                    if (isAt(in, 2)) {
                        findInSpan(in, enter(in), span++);
                    }
                }
            }
        }
        if (span != placement.spans()) {
            throw new IllegalStateException("%d spans, not %d".formatted(span, placement.spans()));
        }
    }

    private void findInSpan(CodedInputStream in, int end, int span) throws IOException {
        while (in.getTotalBytesRead() < end) {
            int tag = in.readTag();
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    int size = in.readRawVarint32();
                    traceIds[span] = in.getTotalBytesRead();
                    in.skipRawBytes(size);
                }
                case 7, 8 -> time(in, span);
                case 11 -> {
                    int eventEnd = enter(in);
                    while (in.getTotalBytesRead() < eventEnd) {
                        if (isAt(in, 1)) {
                            time(in, span);
                        }
                    }
                }
                default -> in.skipField(tag);
            }
        }
    }

    private void time(CodedInputStream in, int span) throws IOException {
        if (timeCount == times.length) {
            times = Arrays.copyOf(times, 2 * timeCount);
            spanOfTime = Arrays.copyOf(spanOfTime, 2 * timeCount);
        }
        times[timeCount] = in.getTotalBytesRead();
        spanOfTime[timeCount++] = span;
        in.skipRawBytes(Long.BYTES);
    }

    /** Whether the next field is this one; reads its tag, and passes over any other. */
    private static boolean isAt(CodedInputStream in, int field) throws IOException {
        int tag = in.readTag();
        if (WireFormat.getTagFieldNumber(tag) == field) {
            return true;
        }
        in.skipField(tag);
        return false;
    }

    /** Where the message that begins here ends. */
    private static int enter(CodedInputStream in) throws IOException {
        int size = in.readRawVarint32();
        return in.getTotalBytesRead() + size;
    }

    @Override
    public int spans() {
        return placement.spans();
    }

    @Override
    public byte[] replay(int lane, long pass, long passNanos) {
        byte[] copy = request.clone();
        int[] traces = placement.traces();
        int[] passes = placement.passes();
        for (int span = 0; span < traceIds.length; span++) {
            long begun = pass + passes[span];
            BIG.set(copy, traceIds[span], TraceIds.high(lane, begun, traces[span]));
            BIG.set(copy, traceIds[span] + Long.BYTES, TraceIds.low(lane, begun, traces[span]));
        }
        for (int i = 0; i < times.length; i++) {
            long shift = (pass + passes[spanOfTime[i]]) * passNanos;
            LITTLE.set(copy, times[i], (long) LITTLE.get(copy, times[i]) + shift);
        }
        return copy;
    }
}
