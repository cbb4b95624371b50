package io.tailrace.bench.measure;

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
import java.util.stream.IntStream;

/** Sends the records of a run's pool as fast as they are taken, a lane by each reader. */
public final class ReplaySource
        implements Source<SpanRequest, LaneSplit, List<LaneSplit>>,
                ResultTypeQueryable<SpanRequest> {

    private static final long serialVersionUID = 1L;

    private final String run;
    private final int lanes;

    public ReplaySource(Run run) {
        this.run = run.key();
        this.lanes = run.traffic().lanes();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<LaneSplit, List<LaneSplit>> createEnumerator(
            SplitEnumeratorContext<LaneSplit> context) {
        List<LaneSplit> all =
                IntStream.range(0, lanes).mapToObj(lane -> new LaneSplit(lane, 0)).toList();
        return restoreEnumerator(context, all);
    }

    @Override
    public SplitEnumerator<LaneSplit, List<LaneSplit>> restoreEnumerator(
            SplitEnumeratorContext<LaneSplit> context, List<LaneSplit> waiting) {
        return new FixedSplitsEnumerator<>(context, waiting);
    }

    @Override
    public SourceReader<SpanRequest, LaneSplit> createReader(SourceReaderContext context) {
        return new ReplayReader(Run.of(run));
    }

    @Override
    public SimpleVersionedSerializer<LaneSplit> getSplitSerializer() {
        return new LaneSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<LaneSplit>> getEnumeratorCheckpointSerializer() {
        return new SplitListSerializer<>(getSplitSerializer());
    }

    @Override
    public TypeInformation<SpanRequest> getProducedType() {
        return SpanRequest.TYPE;
    }
}
