package io.tailrace.jobs.source.splits;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Notes what readers are told: {@code 1: b c} for splits, {@code 1 .} for no more of them. */
final class RecordingContext implements SplitEnumeratorContext<NamedSplit> {

    private final int parallelism;
    private final List<String> log = new ArrayList<>();

    RecordingContext(int parallelism) {
        this.parallelism = parallelism;
    }

    List<String> log() {
        return log;
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public void assignSplits(SplitsAssignment<NamedSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (reader, splits) ->
                                log.add(
                                        reader
                                                + ": "
                                                + splits.stream()
                                                        .map(NamedSplit::splitId)
                                                        .collect(Collectors.joining(" "))));
    }

    @Override
    public void signalNoMoreSplits(int reader) {
        log.add(reader + " .");
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return Map.of();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendEventToSourceReader(int reader, SourceEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(
            Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
