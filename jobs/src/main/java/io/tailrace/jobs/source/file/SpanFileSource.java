package io.tailrace.jobs.source.file;

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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Export requests from files, read by one reader (set its parallelism to 1): their order is their
 * time. The files are those there when the job starts; a checkpoint keeps the place in them.
 */
public final class SpanFileSource
        implements Source<SpanRequest, FileSplit, List<FileSplit>>,
                ResultTypeQueryable<SpanRequest> {

    private static final long serialVersionUID = 1L;

    private final FileSettings settings;

    public SpanFileSource(FileSettings settings) {
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<FileSplit, List<FileSplit>> createEnumerator(
            SplitEnumeratorContext<FileSplit> context) throws IOException {
        FileSplit all = FileSplit.of(SpanFiles.in(Path.of(settings.path())));
        return restoreEnumerator(context, List.of(all));
    }

    @Override
    public SplitEnumerator<FileSplit, List<FileSplit>> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, List<FileSplit> waiting) {
        return new FixedSplitsEnumerator<>(context, waiting);
    }

    @Override
    public SourceReader<SpanRequest, FileSplit> createReader(SourceReaderContext context) {
        return new FileReader(settings, Clock.systemUTC());
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<FileSplit>> getEnumeratorCheckpointSerializer() {
        return new SplitListSerializer<>(getSplitSerializer());
    }

    @Override
    public TypeInformation<SpanRequest> getProducedType() {
        return SpanRequest.TYPE;
    }
}
