package io.tailrace.operators.pairing;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.List;

/** How a {@link SpanSide} is written inside other values. */
final class SideFormat {

    private static final EnumCodes<Kind> KINDS =
            new EnumCodes<>(
                    Kind.class, List.of(Kind.SERVER, Kind.CLIENT, Kind.PRODUCER, Kind.CONSUMER));

    private SideFormat() {}

    static void write(SpanSide side, DataOutputView out) throws IOException {
        out.writeLong(side.traceId().high());
        out.writeLong(side.traceId().low());
        out.writeLong(side.spanId());
        out.writeLong(side.callId());
        out.writeByte(KINDS.code(side.kind()));
        out.writeLong(side.application().bizId());
        Primitives.writeText(side.application().name(), out);
        Primitives.writeText(side.service(), out);
        out.writeLong(side.startUnixNano());
        out.writeLong(side.endUnixNano());
        out.writeBoolean(side.error());
        out.writeLong(side.arrival());
        Primitives.writeLong(side.times(), out);
        Primitives.writeText(side.databaseName(), out);
        Primitives.writeText(side.peerName(), out);
    }

    static SpanSide read(DataInputView in) throws IOException {
        return new SpanSide(
                new TraceId(in.readLong(), in.readLong()),
                in.readLong(),
                in.readLong(),
                KINDS.of(in.readByte()),
                new Application(in.readLong(), Primitives.readText(in)),
                Primitives.readText(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                Primitives.readLong(in),
                Primitives.readText(in),
                Primitives.readText(in));
    }

    static void writeNullable(SpanSide side, DataOutputView out) throws IOException {
        out.writeBoolean(side != null);
        if (side != null) {
            write(side, out);
        }
    }

    static SpanSide readNullable(DataInputView in) throws IOException {
        return in.readBoolean() ? read(in) : null;
    }
}
