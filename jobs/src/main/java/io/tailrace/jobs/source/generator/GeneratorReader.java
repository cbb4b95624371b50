package io.tailrace.jobs.source.generator;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Makes the requests of its lanes, always the one that arrives first among them. */
final class GeneratorReader implements SourceReader<SpanRequest, GeneratorSplit> {

    private static final String ORIGIN = "generator";

    private final GeneratorSettings settings;
    private final long requests;
    private final ShopTraffic traffic;
    private final Pace pace;

    /** Lanes that are done stay here: a restart with a greater count goes on with them. */
    private final PriorityQueue<GeneratorSplit> lanes =
            new PriorityQueue<>(Comparator.comparingLong(GeneratorSplit::next));

    private boolean noMoreLanes;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    GeneratorReader(GeneratorSettings settings, Pace pace) {
        this.settings = settings;
        this.requests = settings.requests();
        this.traffic = new ShopTraffic(settings);
        this.pace = pace;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SpanRequest> output) {
        GeneratorSplit lane = lanes.peek();
        if (lane == null || lane.next() >= requests) {
            return noMoreLanes ? InputStatus.END_OF_INPUT : waitFor(new CompletableFuture<>());
        }
        long arrival = lane.startMillis() + settings.arrivalAfterStart(lane.next());
        if (!pace.reached(arrival)) {
            return waitFor(pace.until(arrival));
        }
        byte[] request = traffic.request(lane.next(), lane.startMillis());
        if (request.length > 0) {
            Origin origin = new Origin(ORIGIN, null, lane.next());
            output.collect(new SpanRequest(origin, arrival, Encoding.OTLP_PROTO, request), arrival);
        }
        lanes.remove();
        lanes.add(lane.advanced());
        return InputStatus.MORE_AVAILABLE;
    }

    private InputStatus waitFor(CompletableFuture<Void> moment) {
        available = moment;
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<GeneratorSplit> splits) {
        lanes.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreLanes = true;
        available.complete(null);
    }

    @Override
    public List<GeneratorSplit> snapshotState(long checkpoint) {
        return new ArrayList<>(lanes);
    }

    @Override
    public void close() {
        pace.close();
    }
}
