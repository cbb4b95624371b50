package io.tailrace.operators.sampling;

import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.state.Deadlines;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.KeyedTraceStore;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.TraceStore;
import io.tailrace.operators.span.TraceId;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;

/**
 * The keyed tail sampler: gathers the chunks of each trace until its deadline, asks the policies,
 * hands on what is kept, and remembers the decision for the spans that come late.
 *
 * <p>Which spans a decision sees depends on their arrival alone. The watermark only says when no
 * more of them can come, so that a replay decides as live traffic did. A chunk that arrives after
 * the deadline is late even where the trace is still open; it waits for the decision and follows
 * it.
 */
public final class TraceSampler extends AbstractStreamOperator<KeptSpans>
        implements OneInputStreamOperator<TraceChunk, KeptSpans>,
                Triggerable<TraceId, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** The record of each decision. */
    public static final OutputTag<DecisionRecord> DECISIONS =
            new OutputTag<>("decisions", DecisionRecord.TYPE);

    private static final Comparator<TraceChunk> BY_ARRIVAL =
            Comparator.comparingLong(TraceChunk::arrival);

    private final SamplingSettings settings;

    private transient Deadlines deadlines;
    private transient CompiledPolicies policies;
    private transient ChunkEvidence chunkEvidence;
    private transient SamplerMetrics counts;
    private transient TraceStore store;
    private transient InternalTimerService<VoidNamespace> timers;

    public TraceSampler(SamplingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateBackend<TraceId> backend = getKeyedStateBackend();
        store = new KeyedTraceStore(context.getKeyedStateStore(), backend);
    }

    @Override
    public void open() throws Exception {
        super.open();
        deadlines = Deadlines.of(settings.decisionWait(), settings.decisionWaitAfterRootReceived());
        policies = new CompiledPolicies(settings.policies());
        chunkEvidence = new ChunkEvidence(policies.conditions());
        counts = new SamplerMetrics(getMetricGroup(), settings.policies());
        timers = getInternalTimerService("trace-timers", VoidNamespaceSerializer.INSTANCE, this);
        store.forEachOpen(counts::restored);
    }

    @Override
    public void processElement(StreamRecord<TraceChunk> element) throws Exception {
        TraceChunk chunk = element.getValue();
        if (chunk.arrival() <= timers.currentWatermark()) {
            counts.behindWatermark(chunk);
        }
        take(chunk);
    }

    private void take(TraceChunk chunk) throws Exception {
        OpenTrace open = store.open();
        // Of most chunks the trace is open and was not decided before: that one read is enough.
        DecidedTrace decided = open == null || open.reopened() ? store.decided() : null;
        if (decided != null && decided.covers(chunk.arrival())) {
            store.decided(follow(decided, chunk));
        } else {
            buffer(open == null ? opened(decided != null) : open, chunk);
        }
    }

    private OpenTrace opened(boolean again) {
        counts.opened();
        return OpenTrace.empty(again);
    }

    private void buffer(OpenTrace before, TraceChunk chunk) throws Exception {
        OpenTrace now = before.with(chunk, deadlines);
        store.add(chunk, now);
        counts.buffered(chunk);
        if (isFull(now.spans(), now.bytes())) {
            cancel(before);
            decide(now);
        } else if (before.isEmpty() || now.deadline() != before.deadline()) {
            cancel(before);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, now.deadline());
        }
    }

    private void cancel(OpenTrace trace) {
        if (!trace.isEmpty()) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, trace.deadline());
        }
    }

    private boolean isFull(int spans, long bytes) {
        return spans >= settings.maxSpansPerTrace() || bytes >= settings.maxBytesPerTrace().bytes();
    }

    @Override
    public void onEventTime(InternalTimer<TraceId, VoidNamespace> timer) throws Exception {
        DecidedTrace decided = store.decided();
        if (decided != null && decided.expires() <= timer.getTimestamp()) {
            forget(decided);
        }
        OpenTrace open = store.open();
        if (open != null && open.deadline() <= timer.getTimestamp()) {
            decide(open);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<TraceId, VoidNamespace> timer) {
        throw new IllegalStateException("The sampler sets no timers of processing time");
    }

    /** Decides the open trace; what arrived too late for it follows, or opens the next. */
    private void decide(OpenTrace open) throws Exception {
        TraceId traceId = (TraceId) getCurrentKey();
        List<TraceChunk> chunks = store.chunks();
        chunks.sort(BY_ARRIVAL);
        store.removeOpen();
        counts.closed(open);

        Members members = Members.of(chunks, open.deadline(), this::isFull);
        Evidence evidence = chunkEvidence.empty();
        chunks.subList(0, members.count()).forEach(each -> evidence.merge(chunkEvidence.of(each)));
        Decision decision = policies.decide(traceId, evidence);
        DecisionRecord record =
                DecisionRecord.of(
                        traceId,
                        decision,
                        trigger(open, members, evidence),
                        evidence,
                        open.firstSeen(),
                        members.decided());
        counts.decided(record);
        output.collect(DECISIONS, new StreamRecord<>(record, record.decided()));
        if (record.sampled()) {
            keep(traceId, record, chunks.subList(0, members.count()));
        }
        remember(record, chunks.subList(members.count(), chunks.size()));
    }

    private Trigger trigger(OpenTrace open, Members members, Evidence evidence) {
        if (members.full()) {
            return evidence.spans() >= settings.maxSpansPerTrace()
                    ? Trigger.SPAN_LIMIT
                    : Trigger.BYTE_LIMIT;
        }
        if (timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
            return Trigger.END_OF_INPUT;
        }
        return deadlines.isByRoot(open) ? Trigger.ROOT : Trigger.DEADLINE;
    }

    private void keep(TraceId traceId, DecisionRecord record, List<TraceChunk> chunks) {
        ByteArrayOutputStream otlp = new ByteArrayOutputStream((int) record.bytes());
        chunks.forEach(chunk -> otlp.writeBytes(chunk.otlp()));
        KeptSpans kept = new KeptSpans(traceId, record.spans(), otlp.toByteArray());
        output.collect(new StreamRecord<>(kept, record.decided()));
    }

    private void remember(DecisionRecord record, List<TraceChunk> rest) throws Exception {
        DecidedTrace before = store.decided();
        if (before != null) {
            // A trace of the same id filled up before the watermark ended the memory of the last.
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before.expires());
            forget(before);
        }
        DecidedTrace decided =
                new DecidedTrace(record, plus(record.decided(), settings.decisionTtl().toMillis()));
        store.decided(decided);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, decided.expires());
        for (TraceChunk next : rest) {
            take(next);
        }
    }

    private static long plus(long time, long wait) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
    }

    private DecidedTrace follow(DecidedTrace decided, TraceChunk chunk) {
        DecisionRecord decision = decided.record();
        counts.late(decision, chunk, isFull(decision.spans(), decision.bytes()));
        if (decision.sampled()) {
            KeptSpans kept = new KeptSpans(chunk.traceId(), chunk.spans(), chunk.otlp());
            output.collect(new StreamRecord<>(kept, chunk.arrival()));
        }
        return decided.withLate(chunk.evidence());
    }

    private void forget(DecidedTrace decided) throws Exception {
        DecisionRecord record = decided.record();
        if (record.lateSpans() > 0) {
            counts.summedUp(record);
            output.collect(DECISIONS, new StreamRecord<>(record, decided.expires()));
        }
        store.removeDecided();
    }
}
