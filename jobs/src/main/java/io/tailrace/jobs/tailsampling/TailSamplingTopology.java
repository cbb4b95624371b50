package io.tailrace.jobs.tailsampling;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.ChunkMaker;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.TraceSampler;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.span.TraceId;

/** From requests to kept spans, decisions and dead letters; whatever their source and sinks. */
public final class TailSamplingTopology {

    private TailSamplingTopology() {}

    /** What comes out. */
    public record Outputs(
            DataStream<KeptSpans> keptSpans,
            DataStream<DecisionRecord> decisions,
            DataStream<DeadLetter> deadLetters) {}

    public static Outputs build(
            SingleOutputStreamOperator<SpanRequest> requests, SamplingSettings settings) {
        // As parallel as the source, so that both are one task and no request is copied.
        SingleOutputStreamOperator<TraceChunk> chunks =
                requests.process(new ChunkMaker(settings))
                        .returns(TraceChunk.TYPE)
                        .setParallelism(requests.getParallelism())
                        .name(OperatorUids.CHUNKS)
                        .uid(OperatorUids.CHUNKS);
        return ofChunks(chunks, settings);
    }

    /**
     * @param chunks of an operator that sends what it cannot read beside them
     */
    public static Outputs ofChunks(
            SingleOutputStreamOperator<TraceChunk> chunks, SamplingSettings settings) {
        SingleOutputStreamOperator<KeptSpans> kept =
                chunks.keyBy(TraceChunk::traceId, TraceId.TYPE)
                        .transform(OperatorUids.SAMPLER, KeptSpans.TYPE, new TraceSampler(settings))
                        .uid(OperatorUids.SAMPLER);
        return new Outputs(
                kept,
                kept.getSideOutput(TraceSampler.DECISIONS),
                chunks.getSideOutput(RequestReader.DEAD_LETTERS));
    }
}
