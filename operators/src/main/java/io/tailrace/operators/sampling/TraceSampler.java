package io.tailrace.operators.sampling;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
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
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.limit.BucketShare;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.sampling.state.Deadlines;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.Gathered;
import io.tailrace.operators.sampling.state.KeyedTraceStore;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.SpanArrivals;
import io.tailrace.operators.sampling.state.TraceStore;
import io.tailrace.operators.span.TraceId;

import java.util.Comparator;
import java.util.List;

/**
 * The keyed tail sampler: gathers the chunks of each trace until its deadline, asks the policies,
 * hands on what is kept, and remembers the decision for the spans that come late.
 *
 * <p>Which spans a decision sees depends on their arrival alone. The watermark only says when no
 * more of them can come, so that a replay decides as live traffic did. A chunk that arrives after
 * the deadline is late even where the trace is still open; it waits for the decision and follows
 * it. A trace of which nothing that may still come could change the decision is decided as of the
 * arrival that settled it.
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
    private transient Deduplicator deduplicator;
    private transient KeptSpansMaker keptSpans;
    private transient SamplerMetrics counts;
    private transient TraceStore store;
    private transient ListState<BucketShare> bucketShares;
    private transient Buckets buckets;
    private transient LimiterQueue<Ready> limited;
    private transient InternalTimerService<VoidNamespace> timers;

    /** A trace that only its limiters have not been asked of. */
    private record Ready(
            TraceId traceId, OpenTrace open, Membership membership, Votes votes, Trigger trigger) {}

    public TraceSampler(SamplingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateBackend<TraceId> backend = getKeyedStateBackend();
        store = new KeyedTraceStore(context.getKeyedStateStore(), backend);
        bucketShares =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("bucket-shares", BucketShare.TYPE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        deadlines = Deadlines.of(settings.decisionWait(), settings.decisionWaitAfterRootReceived());
        policies = new CompiledPolicies(settings);
        chunkEvidence = new ChunkEvidence(policies.conditions());
        deduplicator = new Deduplicator(chunkEvidence);
        keptSpans = new KeptSpansMaker(settings);
        counts = new SamplerMetrics(getMetricGroup(), settings.policies());
        buckets =
                Buckets.restored(
                        policies.budgets(),
                        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                        bucketShares.get());
        limited = new LimiterQueue<>(Comparator.comparing(ready -> ready.traceId), this::decide);
        timers = getInternalTimerService("trace-timers", VoidNamespaceSerializer.INSTANCE, this);
        store.forEachOpen(counts::restored);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        bucketShares.update(buckets.shares());
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

    private void buffer(OpenTrace before, TraceChunk arrived) throws Exception {
        SpanArrivals arrivals = arrivals(before, arrived);
        TraceChunk chunk = deduplicator.cut(arrived, arrivals);
        counts.duplicates(arrived.spans() - (chunk == null ? 0 : chunk.spans()));
        if (chunk == null) {
            return;
        }
        OpenTrace now = before.with(chunk, arrivals.again(), gather(before, chunk), deadlines);
        store.add(chunk, now);
        counts.buffered(chunk);
        if (isFull(now.spans(), now.bytes())) {
            cancel(before);
            close(now, false);
        } else if (before.isEmpty() || now.deadline() != before.deadline()) {
            cancel(before);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, now.deadline());
        }
    }

    /**
     * Of what is late no duplicates are looked for: whether the decision has been made by then is
     * up to the watermark.
     */
    private SpanArrivals arrivals(OpenTrace open, TraceChunk chunk) {
        return chunk.arrival() > open.deadline()
                ? SpanArrivals.off()
                : store.arrivals(chunk.arrival());
    }

    /** Null where traces are not decided early. */
    private Gathered gather(OpenTrace before, TraceChunk chunk) throws Exception {
        Gathered gathered = before.gathered();
        if (!settings.eagerRelease()
                || gathered != null && gathered.settled()
                || chunk.arrival() > before.deadline()) {
            return gathered;
        }
        Evidence evidence = chunkEvidence.empty();
        long latest = chunk.arrival();
        if (gathered != null && gathered.fingerprint() == chunkEvidence.fingerprint()) {
            evidence.merge(gathered.evidence());
            latest = Math.max(latest, gathered.latest());
        } else if (!before.isEmpty()) {
            // It comes from a savepoint made under other policies.
            for (TraceChunk each : store.chunks()) {
                evidence.merge(chunkEvidence.of(each));
                latest = Math.max(latest, each.arrival());
            }
        }
        evidence.merge(chunkEvidence.of(chunk));
        boolean settled = isSettled(chunk.traceId(), evidence);
        return new Gathered(evidence, chunkEvidence.fingerprint(), latest, settled);
    }

    private boolean isSettled(TraceId traceId, Evidence evidence) {
        return policies.ask(new TraceKnowledge(traceId, evidence, false)).areFinal();
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
    public void processWatermark(Watermark mark) throws Exception {
        do {
            getTimeServiceManager().orElseThrow().advanceWatermark(mark);
            // What is decided now may set timers that are due too.
        } while (limited.flush());
        output.emitWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<TraceId, VoidNamespace> timer) throws Exception {
        if (limited.flushBefore(timer.getTimestamp())) {
            // What was decided may have set timers before this one, which then takes its turn anew.
            setCurrentKey(timer.getKey());
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timer.getTimestamp());
            return;
        }
        DecidedTrace decided = store.decided();
        if (decided != null && decided.expires() <= timer.getTimestamp()) {
            forget(decided);
        }
        OpenTrace open = store.open();
        if (open != null && open.deadline() <= timer.getTimestamp()) {
            close(open, true);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<TraceId, VoidNamespace> timer) {
        throw new IllegalStateException("The sampler sets no timers of processing time");
    }

    /**
     * Closes the open trace.
     *
     * @param onTime whether its time has come; else it is full
     */
    private void close(OpenTrace open, boolean onTime) throws Exception {
        TraceId traceId = (TraceId) getCurrentKey();
        Membership membership = membership(traceId, open, open.deadline());
        if (open.isSettled() && membership.ending() == Membership.Ending.DEADLINE) {
            // It was settled by other policies than those of today, or by what came twice.
            membership = membership(traceId, open, deadlines.of(open));
            OpenTrace waiting =
                    open.with(membership.gathered(chunkEvidence.fingerprint()), deadlines);
            if (onTime && waiting.deadline() > open.deadline()) {
                store.update(waiting);
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, waiting.deadline());
                return;
            }
        }
        boolean early = membership.ending() == Membership.Ending.SETTLED;
        store.removeOpen();
        counts.closed(open);
        TraceKnowledge known = new TraceKnowledge(traceId, membership.evidence(), !early);
        Votes votes = policies.ask(known);
        Ready ready = new Ready(traceId, open, membership, votes, trigger(open, membership));
        if (onTime && !early && policies.needLimiters(votes)) {
            limited.add(open.deadline(), ready);
        } else {
            decide(ready);
        }
    }

    private Membership membership(TraceId traceId, OpenTrace open, long deadline) throws Exception {
        List<TraceChunk> chunks = store.chunks();
        chunks.sort(BY_ARRIVAL);
        return Membership.of(
                chunks,
                deadline,
                this::isFull,
                settings.deduplicate() ? deduplicator.once() : UniqueSpans.off(),
                chunkEvidence,
                evidence ->
                        settings.eagerRelease()
                                && open.isSettled()
                                && isSettled(traceId, evidence));
    }

    private Trigger trigger(OpenTrace open, Membership membership) {
        return switch (membership.ending()) {
            case FULL ->
                    membership.evidence().spans() >= settings.maxSpansPerTrace()
                            ? Trigger.SPAN_LIMIT
                            : Trigger.BYTE_LIMIT;
            case SETTLED -> Trigger.EAGER;
            case DEADLINE -> {
                if (timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
                    yield Trigger.END_OF_INPUT;
                }
                yield deadlines.isByRoot(open) ? Trigger.ROOT : Trigger.DEADLINE;
            }
        };
    }

    /** Decides a trace; what arrived too late for it follows, or opens the next. */
    private void decide(Ready ready) throws Exception {
        TraceId traceId = ready.traceId;
        Membership membership = ready.membership;
        Evidence evidence = membership.evidence();
        setCurrentKey(traceId);
        if (policies.needLimiters(ready.votes)) {
            // A full trace may be ahead of the watermark, and of others that are still to be asked.
            buckets.fill(Math.min(membership.decided(), timers.currentWatermark()));
            policies.askLimiters(ready.votes, new TraceKnowledge(traceId, evidence, true), buckets);
        }
        Decision decision = ready.votes.decision();
        KeptSpans kept =
                isHandedOn(decision)
                        ? keptSpans.make(
                                traceId, decision, membership.members(), evidence.spans(), 0)
                        : null;
        int count = kept == null ? 0 : kept.spans();
        DecisionRecord record =
                DecisionRecord.of(
                        traceId,
                        decision,
                        ready.trigger,
                        evidence,
                        ready.open.firstSeen(),
                        membership.decided(),
                        decision.verdict() != Verdict.SAMPLED || count == evidence.spans());
        counts.duplicates(membership.duplicates());
        counts.decided(record, count, timers.currentWatermark());
        output.collect(DECISIONS, new StreamRecord<>(record, record.decided()));
        if (kept != null) {
            output.collect(new StreamRecord<>(kept, record.decided()));
        }
        boolean again =
                settings.lateSpans() == SamplingSettings.LateSpans.RECONSIDER
                        && decision.verdict() == Verdict.NOT_SAMPLED;
        // What would have been a member follows an early decision, however short the memory is.
        long deadline =
                ready.trigger == Trigger.EAGER ? deadlines.of(ready.open) : record.decided();
        long memory = plus(record.decided(), settings.decisionTtl().toMillis());
        remember(
                new DecidedTrace(
                        record,
                        Math.max(memory, deadline),
                        deadline,
                        count,
                        again ? evidence : null,
                        chunkEvidence.fingerprint(),
                        false));
        for (TraceChunk next : membership.rest()) {
            take(next);
        }
    }

    private boolean isHandedOn(Decision decision) {
        return settings.dryRun() || decision.verdict() == Verdict.SAMPLED;
    }

    private void remember(DecidedTrace decided) throws Exception {
        DecidedTrace before = store.decided();
        if (before != null) {
            // A trace of the same id filled up before the watermark ended the memory of the last.
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before.expires());
            forget(before);
        }
        store.decided(decided);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, decided.expires());
    }

    private static long plus(long time, long wait) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
    }

    private DecidedTrace follow(DecidedTrace before, TraceChunk chunk) {
        DecidedTrace decided = reconsidered(before.withLate(chunk.evidence()), chunk);
        DecisionRecord record = decided.record();
        KeptSpans kept =
                isHandedOn(record.decision())
                        ? keptSpans.make(
                                chunk.traceId(),
                                record.decision(),
                                List.of(chunk),
                                chunk.spans(),
                                decided.keptSpans())
                        : null;
        int count = kept == null ? 0 : kept.spans();
        boolean pastLimit = isFull(before.record().spans(), before.record().bytes());
        counts.followed(decided, chunk, count, pastLimit);
        if (kept != null) {
            output.collect(new StreamRecord<>(kept, chunk.arrival()));
        }
        DecidedTrace then = decided.kept(count);
        return record.sampled() && count < chunk.spans() ? then.incomplete() : then;
    }

    /**
     * Asks again where late spans may turn a trace that was not sampled into one that is. Under
     * other policies than those that decided, what they saw is of no use.
     */
    private DecidedTrace reconsidered(DecidedTrace decided, TraceChunk chunk) {
        if (decided.whole() == null || decided.fingerprint() != chunkEvidence.fingerprint()) {
            return decided;
        }
        Evidence whole = decided.whole().copy();
        whole.merge(chunkEvidence.of(chunk));
        DecidedTrace grown = decided.with(whole);
        TraceKnowledge known = new TraceKnowledge(chunk.traceId(), whole, true);
        Decision again = policies.reconsider(decided.record().decision(), known);
        if (again.verdict() != Verdict.SAMPLED) {
            return grown;
        }
        DecisionRecord record = grown.record().reconsidered(again, whole);
        counts.reconsidered(record);
        output.collect(DECISIONS, new StreamRecord<>(record, chunk.arrival()));
        return grown.reconsidered(record);
    }

    private void forget(DecidedTrace decided) throws Exception {
        DecisionRecord record = decided.record();
        if (record.lateSpans() > 0 && !decided.told()) {
            counts.summedUp(record);
            output.collect(DECISIONS, new StreamRecord<>(record, decided.expires()));
        }
        store.removeDecided();
    }
}
