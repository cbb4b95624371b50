package io.tailrace.jobs.source.generator;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import io.tailrace.jobs.source.splits.FixedSplitsEnumerator;
import io.tailrace.jobs.source.splits.SplitListSerializer;
import io.tailrace.operators.input.SpanRequest;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The traffic of a simulated shop. Request n is a function of the seed and n at any parallelism; it
 * arrives at start + n / rate, which is its record's timestamp, and one reader's records come in
 * the order of their arrival. Each has the origin {@code generator} and n as its offset; a request
 * that has no spans is left out.
 *
 * <p>A checkpoint keeps the start and the next n, so that a restored job goes on where it was. It
 * must be restored with the rate it was made with: n / another rate is another time.
 */
public final class GeneratorSource
        implements Source<SpanRequest, GeneratorSplit, List<GeneratorSplit>>,
                ResultTypeQueryable<SpanRequest> {

    private static final long serialVersionUID = 1L;

    /** Lanes of the traffic; more readers than that find nothing to do. */
    public static final int LANES = 60;

    private final GeneratorSettings settings;

    public GeneratorSource(GeneratorSettings settings) {
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<GeneratorSplit, List<GeneratorSplit>> createEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context) {
        long start =
                settings.start() == null
                        ? System.currentTimeMillis()
                        : settings.start().toEpochMilli();
        return restoreEnumerator(
                context,
                LongStream.range(0, LANES)
                        .mapToObj(lane -> new GeneratorSplit(lane, LANES, start))
                        .toList());
    }

    @Override
    public SplitEnumerator<GeneratorSplit, List<GeneratorSplit>> restoreEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context, List<GeneratorSplit> waiting) {
        return new FixedSplitsEnumerator<>(context, waiting);
    }

    @Override
    public SourceReader<SpanRequest, GeneratorSplit> createReader(SourceReaderContext context) {
        return new GeneratorReader(settings, settings.paced() ? new WallClockPace() : Pace.none());
    }

    @Override
    public SimpleVersionedSerializer<GeneratorSplit> getSplitSerializer() {
        return new GeneratorSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<GeneratorSplit>> getEnumeratorCheckpointSerializer() {
        return new SplitListSerializer<>(getSplitSerializer());
    }

    @Override
    public TypeInformation<SpanRequest> getProducedType() {
        return SpanRequest.TYPE;
    }
}
