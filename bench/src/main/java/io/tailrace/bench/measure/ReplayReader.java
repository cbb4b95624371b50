package io.tailrace.bench.measure;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends one lane, request after request, until the run ends; with no more, it falls silent. */
final class ReplayReader implements SourceReader<SpanRequest, LaneSplit> {

    private static final String ORIGIN = "memory";

    private final Run run;
    private final Traffic traffic;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private int lane = -1;
    private long next;

    ReplayReader(Run run) {
        this.run = run;
        this.traffic = run.traffic();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SpanRequest> output) {
        if (lane < 0 || next >= traffic.requests(lane)) {
            available = new CompletableFuture<>();
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (run.phase() == Run.Phase.ENDING) {
            return InputStatus.END_OF_INPUT;
        }
        long arrival = traffic.arrival(lane, next);
        Origin origin = new Origin(ORIGIN, lane, next);
        byte[] request = traffic.request(lane, next);
        output.collect(new SpanRequest(origin, arrival, traffic.encoding(), request), arrival);
        run.lane(lane).sent(traffic.spans(lane, next), arrival);
        next++;
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<LaneSplit> splits) {
        if (lane >= 0 || splits.size() != 1) {
            throw new IllegalStateException("A reader sends one lane, not also " + splits);
        }
        lane = splits.get(0).lane();
        next = splits.get(0).next();
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public List<LaneSplit> snapshotState(long checkpoint) {
        return lane < 0 ? List.of() : List.of(new LaneSplit(lane, next));
    }

    @Override
    public void close() {}
}
