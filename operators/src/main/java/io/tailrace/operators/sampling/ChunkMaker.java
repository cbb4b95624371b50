package io.tailrace.operators.sampling;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.reading.RequestReader;

import java.util.List;

/**
 * Splits requests by trace and folds the evidence of each chunk in the same pass. What cannot be
 * used goes to {@link RequestReader#DEAD_LETTERS}.
 */
public final class ChunkMaker extends ProcessFunction<SpanRequest, TraceChunk> {

    private static final long serialVersionUID = 1L;

    private final SamplingSettings settings;

    private transient RequestReader reader;
    private transient ChunkCutter cutter;

    public ChunkMaker(SamplingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        reader =
                new RequestReader(
                        getRuntimeContext().getMetricGroup().addGroup("tailrace"), List.of());
        cutter = new ChunkCutter(settings);
    }

    @Override
    public void processElement(SpanRequest request, Context context, Collector<TraceChunk> out) {
        reader.read(
                request,
                (otlp, rejects, spans) ->
                        cutter.cut(otlp, request.arrival(), rejects, spans, out::collect),
                letter -> context.output(RequestReader.DEAD_LETTERS, letter));
    }
}
