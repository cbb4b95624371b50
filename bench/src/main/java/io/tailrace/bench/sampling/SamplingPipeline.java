package io.tailrace.bench.sampling;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.bench.measure.CountingSink;
import io.tailrace.bench.measure.ReplaySource;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.reference.ReferencePipeline;
import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.source.time.SteadyArrivals;
import io.tailrace.jobs.tailsampling.TailSamplingTopology;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.ChunkMaker;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.time.Duration;

/** The pipeline of a mode, from the pool to counts. */
public final class SamplingPipeline {

    private SamplingPipeline() {}

    static void define(StreamExecutionEnvironment env, Mode mode, Run run, Duration decisionWait) {
        switch (mode) {
            case PASS_THROUGH ->
                    passThrough(requests(env, run), Policies.keepFivePercent(decisionWait), run);
            case REFERENCE -> ReferencePipeline.define(requests(env, run), run, decisionWait);
            case ROCKSDB, HEAP -> sample(env, run, decisionWait);
        }
    }

    /** What a run sends. */
    public static SingleOutputStreamOperator<SpanRequest> requests(
            StreamExecutionEnvironment env, Run run) {
        return env.fromSource(
                        new ReplaySource(run), SteadyArrivals.strategy(), OperatorUids.REQUESTS)
                .uid(OperatorUids.REQUESTS);
    }

    /**
     * The job without its sampler: reads, splits by trace, asks the policies' questions of each
     * span, shuffles, and counts.
     */
    public static void passThrough(
            SingleOutputStreamOperator<SpanRequest> requests, SamplingSettings settings, Run run) {
        SingleOutputStreamOperator<TraceChunk> chunks =
                requests.process(new ChunkMaker(settings))
                        .returns(TraceChunk.TYPE)
                        .name(OperatorUids.CHUNKS)
                        .uid(OperatorUids.CHUNKS);
        chunks.keyBy(TraceChunk::traceId, TraceId.TYPE)
                .sinkTo(
                        new CountingSink<>(
                                run.key(), Run.Outcome.DISCARDED_SPANS, TraceChunk::spans))
                .name("discarded")
                .uid("discarded");
        countDeadLetters(chunks.getSideOutput(RequestReader.DEAD_LETTERS), run);
    }

    /** The job as it is, but for sinks that count. */
    public static void sample(StreamExecutionEnvironment env, Run run, Duration decisionWait) {
        TailSamplingTopology.Outputs outputs =
                TailSamplingTopology.build(
                        requests(env, run), Policies.keepFivePercent(decisionWait));
        outputs.keptSpans()
                .sinkTo(new CountingSink<>(run.key(), Run.Outcome.KEPT_SPANS, KeptSpans::spans))
                .name(OperatorUids.KEPT_SPANS)
                .uid(OperatorUids.KEPT_SPANS);
        outputs.decisions()
                .sinkTo(new CountingSink<>(run.key(), Run.Outcome.DECISIONS, decision -> 1))
                .name(OperatorUids.DECISIONS)
                .uid(OperatorUids.DECISIONS);
        countDeadLetters(outputs.deadLetters(), run);
    }

    /** Counts what could not be used. */
    public static void countDeadLetters(DataStream<DeadLetter> letters, Run run) {
        letters.sinkTo(new CountingSink<>(run.key(), Run.Outcome.DEAD_LETTERS, letter -> 1))
                .name(OperatorUids.DEAD_LETTERS)
                .uid(OperatorUids.DEAD_LETTERS);
    }
}
