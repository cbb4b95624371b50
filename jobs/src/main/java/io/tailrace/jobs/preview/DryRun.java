package io.tailrace.jobs.preview;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.tailsampling.TailSamplingTopology;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.span.TraceId;

import java.util.Set;

/**
 * The topology of tail sampling without its sinks: decisions and spans come here. To be closed when
 * its job has ended.
 */
public final class DryRun implements AutoCloseable {

    private final SamplingSettings settings;
    private final Tally tally;
    private final WatchedTraces watched;
    private final LocalSink<DecisionRecord> decisions;
    private final LocalSink<KeptSpans> spans;

    /**
     * @param settings with a dry run and without eager release, so that every span comes out and
     *     every vote is settled
     * @param watched the traces whose spans are to be kept
     */
    public DryRun(SamplingSettings settings, Set<TraceId> watched) {
        this.settings = settings;
        this.tally = new Tally(settings);
        this.watched = new WatchedTraces(watched);
        this.decisions = new LocalSink<>(this::decision);
        this.spans = new LocalSink<>(this::spans);
    }

    /**
     * Defines its job, all of it at parallelism 1: each decision comes before the spans that follow
     * it, for both are handed on by one thread.
     */
    public void define(StreamExecutionEnvironment env, PreviewInput input) {
        TailSamplingTopology.Outputs outputs =
                TailSamplingTopology.build(input.requests(env), settings);
        outputs.decisions()
                .sinkTo(decisions)
                .uid(OperatorUids.sink(OperatorUids.DECISIONS, 0))
                .setParallelism(1);
        outputs.keptSpans()
                .sinkTo(spans)
                .uid(OperatorUids.sink(OperatorUids.KEPT_SPANS, 0))
                .setParallelism(1);
    }

    private void decision(DecisionRecord record) {
        tally.decision(record);
        watched.decision(record);
    }

    private void spans(KeptSpans some) {
        tally.spans(some);
        watched.spans(some);
    }

    public SamplingSettings settings() {
        return settings;
    }

    public Tally tally() {
        return tally;
    }

    public WatchedTraces watched() {
        return watched;
    }

    @Override
    public void close() {
        decisions.close();
        spans.close();
    }
}
