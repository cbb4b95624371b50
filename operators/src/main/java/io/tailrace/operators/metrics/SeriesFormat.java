package io.tailrace.operators.metrics;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How a {@link Series} is written inside other values. */
public final class SeriesFormat {

    private static final EnumCodes<SeriesKind> KINDS =
            new EnumCodes<>(
                    SeriesKind.class,
                    List.of(SeriesKind.SPANS, SeriesKind.EDGES, SeriesKind.EVENTS));

    private SeriesFormat() {}

    public static void write(Series series, DataOutputView out) throws IOException {
        out.writeLong(series.id().high());
        out.writeLong(series.id().low());
        out.writeByte(KINDS.code(series.kind()));
        out.writeLong(series.application().bizId());
        Primitives.writeText(series.application().name(), out);
        Primitives.writeText(series.service(), out);
        Primitives.writeSize(series.dimensions().size(), out);
        for (Dimension dimension : series.dimensions()) {
            Primitives.writeText(dimension.name(), out);
            Primitives.writeText(dimension.value(), out);
        }
    }

    public static Series read(DataInputView in) throws IOException {
        SeriesId id = new SeriesId(in.readLong(), in.readLong());
        SeriesKind kind = KINDS.of(in.readByte());
        Application application = new Application(in.readLong(), Primitives.readText(in));
        String service = Primitives.readText(in);
        int size = Primitives.readSize(in);
        List<Dimension> dimensions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            dimensions.add(new Dimension(Primitives.readText(in), Primitives.readText(in)));
        }
        return new Series(id, kind, application, service, List.copyOf(dimensions));
    }
}
