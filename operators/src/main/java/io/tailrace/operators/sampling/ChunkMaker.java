package io.tailrace.operators.sampling;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.DeadLetters;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;

/**
 * Splits requests by trace and folds the evidence of each chunk in the same pass. What cannot be
 * used becomes a dead letter; what stands beside it goes on.
 */
public final class ChunkMaker extends ProcessFunction<SpanRequest, TraceChunk> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetter.TYPE);

    private static final long[] NO_IDS = {};

    private final SamplingSettings settings;

    private transient RequestDecoder decoder;
    private transient RequestSplitter splitter;
    private transient EvidenceFold fold;
    private transient long fingerprint;
    private transient Counter requestsIn;
    private transient Counter bytesIn;
    private transient Counter spansIn;
    private transient Counter spansEndingBeforeStart;
    private transient DeadLetters deadLetters;

    public ChunkMaker(SamplingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        CompiledPolicies policies = new CompiledPolicies(settings);
        decoder = new RequestDecoder();
        splitter = new RequestSplitter();
        fold = new EvidenceFold(policies.conditions());
        fingerprint = policies.conditions().fingerprint();

        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("tailrace");
        requestsIn = group.counter("requests_in");
        bytesIn = group.counter("bytes_in");
        spansIn = group.counter("spans_in");
        spansEndingBeforeStart = group.counter("spans_ending_before_start");
        deadLetters = new DeadLetters(group);
    }

    @Override
    public void processElement(SpanRequest request, Context context, Collector<TraceChunk> out) {
        requestsIn.inc();
        bytesIn.inc(request.payload().length);
        DeadLetters.OfRecord letters =
                deadLetters.of(request, letter -> context.output(DEAD_LETTERS, letter));
        try {
            byte[] otlp = decoder.decode(request.encoding(), request.payload(), letters);
            fold.clear();
            splitter.split(
                    otlp,
                    letters,
                    fold,
                    (trace, high, low, spans, chunk) ->
                            out.collect(chunk(trace, high, low, chunk, request.arrival())));
            spansEndingBeforeStart.inc(fold.endingBeforeStart());
        } catch (UnreadableException fault) {
            letters.rejectAll(fault);
        }
    }

    private TraceChunk chunk(int trace, long high, long low, byte[] otlp, long arrival) {
        Evidence evidence = fold.evidence(trace);
        evidence.bytes(otlp.length);
        spansIn.inc(evidence.spans());
        long[] spanIds = settings.deduplicate() ? splitter.spanIds(trace) : NO_IDS;
        return new TraceChunk(
                new TraceId(high, low), arrival, otlp, evidence, fingerprint, spanIds);
    }
}
