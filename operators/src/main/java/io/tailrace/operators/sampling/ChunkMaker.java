package io.tailrace.operators.sampling;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFold;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.RequestSplitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Splits requests by trace and folds the evidence of each chunk in the same pass. What cannot be
 * used becomes a dead letter; what stands beside it goes on.
 */
public final class ChunkMaker extends ProcessFunction<SpanRequest, TraceChunk> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ChunkMaker.class);

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
    private transient Map<DeadLetter.Reason, Counter> deadLetters;

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
        deadLetters = new EnumMap<>(DeadLetter.Reason.class);
        for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            deadLetters.put(reason, group.addGroup("reason", name).counter("dead_letters"));
        }
    }

    @Override
    public void processElement(SpanRequest request, Context context, Collector<TraceChunk> out) {
        requestsIn.inc();
        bytesIn.inc(request.payload().length);
        Letters letters = new Letters(request.origin(), context);
        request.rejects().forEach(letters::send);
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
            letters.reject(
                    fault.reason(),
                    fault.getMessage(),
                    request.payload(),
                    0,
                    request.payload().length);
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

    /** Sends the first so many dead letters of a record, and counts all. */
    private final class Letters implements Rejects {
        private final Origin origin;
        private final Context context;
        private int sent;

        Letters(Origin origin, Context context) {
            this.origin = origin;
            this.context = context;
        }

        @Override
        public void reject(DeadLetter.Reason reason, String error, byte[] bytes, int from, int to) {
            send(DeadLetter.of(reason, error, origin, bytes, from, to));
        }

        void send(DeadLetter letter) {
            Counter counter = deadLetters.get(letter.reason());
            if (counter.getCount() == 0) {
                LOG.warn(
                        "The first dead letter of this kind: {}, {} ({})",
                        letter.reason(),
                        letter.error(),
                        letter.origin());
            }
            counter.inc();
            if (sent++ < DeadLetter.MOST_PER_RECORD) {
                context.output(DEAD_LETTERS, letter);
            }
        }
    }
}
