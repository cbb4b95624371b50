package io.tailrace.jobs.source.generator;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import io.tailrace.operators.input.SpanRequest;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader emits. */
final class CollectingOutput implements ReaderOutput<SpanRequest> {

    private final List<SpanRequest> requests = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();

    List<SpanRequest> requests() {
        return requests;
    }

    List<Long> timestamps() {
        return timestamps;
    }

    @Override
    public void collect(SpanRequest request, long timestamp) {
        requests.add(request);
        timestamps.add(timestamp);
    }

    @Override
    public void collect(SpanRequest request) {
        throw new AssertionError("A request without its arrival");
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<SpanRequest> createOutputForSplit(String split) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
}
