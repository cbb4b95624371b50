package io.tailrace.operators.sampling;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
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
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.limit.BucketShare;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.sampling.state.Deadlines;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.DecidedTraces;
import io.tailrace.operators.sampling.state.Gathered;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraces;
import io.tailrace.operators.sampling.state.ResidentTrace;
import io.tailrace.operators.sampling.state.SpanArrivals;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.SnapshotPace;

import java.util.Comparator;

/**
 * The keyed tail sampler: gathers the chunks of each trace until its deadline, asks the policies,
 * hands on what is kept, and remembers the decision for the spans that come late.
 *
 * <p>Which spans a decision sees depends on their arrival alone. The watermark only says when no
 * more of them can come, so that a replay decides as live traffic did. A chunk that arrives after
 * the deadline is late even where the trace is still open; it waits for the decision and follows
 * it. A trace of which nothing that may still come could change the decision is decided as of the
 * arrival that settled it.
 *
 * <p>Open traces are in memory, and state has them before each snapshot; their deadlines are in a
 * queue in memory. Timers of Flink are for decisions that late spans followed.
 */
public final class TraceSampler extends AbstractStreamOperator<KeptSpans>
        implements OneInputStreamOperator<TraceChunk, KeptSpans>,
                Triggerable<TraceId, VoidNamespace> {

    private static final long serialVersionUID = 2L;

    /** The record of each decision. */
    public static final OutputTag<DecisionRecord> DECISIONS =
            new OutputTag<>("decisions", DecisionRecord.TYPE);

    private final SamplingSettings settings;

    private transient Deadlines deadlines;
    private transient CompiledPolicies policies;
    private transient ChunkEvidence chunkEvidence;
    private transient Deduplicator deduplicator;
    private transient KeptSpansMaker keptSpans;
    private transient SamplerMetrics counts;
    private transient SamplerOutput results;
    private transient OpenTraces openTraces;
    private transient DecidedTraces decidedTraces;
    private transient boolean restored;
    private transient SnapshotPace pace;
    private transient Gathering gathering;
    private transient LateSpans lateSpans;
    private transient Decider decider;
    private transient ListState<BucketShare> bucketShares;
    private transient Buckets buckets;
    private transient LimiterQueue<ReadyTrace> limited;
    private transient InternalTimerService<VoidNamespace> timers;

    /** Whether a timer was set since this was last looked at, and the least time of these. */
    private transient boolean timersSet;

    private transient long leastSet;

    public TraceSampler(SamplingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
        counts = new SamplerMetrics(getMetricGroup(), settings.policies());
        KeyedStateBackend<TraceId> backend = getKeyedStateBackend();
        openTraces =
                new OpenTraces(
                        context.getKeyedStateStore(),
                        backend,
                        getRuntimeContext().getTaskInfo(),
                        settings.decisionWait(),
                        settings.residentBudget().bytes(),
                        counts.residency());
        decidedTraces =
                new DecidedTraces(
                        backend,
                        getRuntimeContext().getTaskInfo(),
                        settings.decisionTtl(),
                        slices ->
                                getInternalTimerService(
                                        DecidedTraces.TIMERS, LongSerializer.INSTANCE, slices));
        bucketShares =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("bucket-shares", BucketShare.TYPE));
    }

    /** For decisions that late spans followed; former savepoints have timers of open traces too. */
    private void setTimer(TraceId id, long time) {
        setCurrentKey(id);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        leastSet = timersSet ? Math.min(leastSet, time) : time;
        timersSet = true;
    }

    @Override
    public void open() throws Exception {
        super.open();
        deadlines = Deadlines.of(settings.decisionWait(), settings.decisionWaitAfterRootReceived());
        policies = new CompiledPolicies(settings);
        chunkEvidence = new ChunkEvidence(policies.conditions());
        deduplicator = new Deduplicator(chunkEvidence);
        keptSpans = new KeptSpansMaker(settings);
        pace =
                SnapshotPace.of(
                        getContainingTask().getEnvironment().getJobConfiguration(),
                        getProcessingTimeService().getCurrentProcessingTime());
        results = new Results();
        gathering = new Gathering(settings, policies, chunkEvidence, deduplicator, openTraces);
        lateSpans =
                new LateSpans(
                        policies,
                        chunkEvidence,
                        keptSpans,
                        record -> gathering.isFull(record.spans(), record.bytes()),
                        counts,
                        results);
        buckets =
                Buckets.restored(
                        policies.budgets(),
                        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                        bucketShares.get());
        limited = new LimiterQueue<>(Comparator.comparing(ReadyTrace::traceId), this::decide);
        decider =
                new Decider(
                        settings,
                        policies,
                        deadlines,
                        chunkEvidence.fingerprint(),
                        buckets,
                        keptSpans,
                        decidedTraces,
                        lateSpans,
                        counts,
                        results);
        timers = getInternalTimerService("trace-timers", VoidNamespaceSerializer.INSTANCE, this);
        counts.watch(openTraces, decidedTraces);
        if (restored) {
            openTraces.restore(counts::restored);
            decidedTraces.restore();
        }
    }

    private final class Results implements SamplerOutput {
        @Override
        public void keep(KeptSpans spans, long time) {
            output.collect(new StreamRecord<>(spans, time));
        }

        @Override
        public void record(DecisionRecord record, long time) {
            output.collect(DECISIONS, new StreamRecord<>(record, time));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pace.snapshot(
                getProcessingTimeService().getCurrentProcessingTime(), timers.currentWatermark());
        openTraces.beforeSnapshot();
        decidedTraces.beforeSnapshot();
        bucketShares.update(buckets.shares());
    }

    /** Most chunks touch no keyed state: whoever does sets the key. */
    @Override
    @SuppressWarnings("rawtypes") // as the engine declares it
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement(StreamRecord<TraceChunk> element) throws Exception {
        TraceChunk chunk = element.getValue();
        if (chunk.arrival() <= timers.currentWatermark()) {
            counts.behindWatermark(chunk);
        }
        take(chunk);
    }

    private void take(TraceChunk chunk) throws Exception {
        TraceId id = chunk.traceId();
        ResidentTrace trace = openTraces.get(id);
        // Of most chunks the trace is open and was not decided before: nothing else is looked at.
        DecidedTrace decided =
                trace == null || openTraces.known(trace).reopened() ? decidedTraces.get(id) : null;
        if (decided != null && decided.covers(chunk.arrival())) {
            DecidedTrace then = lateSpans.follow(decided, chunk);
            if (decidedTraces.update(id, decided, then)) {
                setTimer(id, then.expires());
            }
            if (trace != null) {
                openTraces.unchanged(trace);
            }
            return;
        }
        if (trace == null) {
            counts.opened();
            trace = openTraces.open(id, decided != null);
        }
        buffer(trace, chunk);
    }

    private void buffer(ResidentTrace trace, TraceChunk arrived) throws Exception {
        OpenTrace open = openTraces.known(trace);
        SpanArrivals arrivals = arrivals(trace, open, arrived);
        TraceChunk chunk = deduplicator.cut(arrived, arrivals);
        counts.duplicates(arrived.spans() - (chunk == null ? 0 : chunk.spans()));
        if (chunk == null) {
            openTraces.unchanged(trace);
            return;
        }
        gathering.add(trace, open, chunk);
        open.add(chunk, arrivals.again(), deadlines);
        openTraces.add(trace, chunk);
        counts.buffered(chunk);
        if (gathering.isFull(open.spans(), open.bytes())) {
            close(trace, false);
        }
    }

    /**
     * Of what is late no duplicates are looked for: whether the decision has been made by then is
     * up to the watermark.
     */
    private SpanArrivals arrivals(ResidentTrace trace, OpenTrace open, TraceChunk chunk) {
        return chunk.arrival() > open.deadline()
                ? SpanArrivals.off()
                : openTraces.arrivals(trace, chunk);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        boolean again;
        do {
            getTimeServiceManager().orElseThrow().advanceWatermark(mark);
            timersSet = false;
            closeDue(mark.getTimestamp());
            again = isTimerSet(mark.getTimestamp());
            if (!again) {
                // What is decided now may be followed by what is due too.
                again = limited.flush();
                again |= decidedTraces.takeOverdue();
                again |= isTimerSet(mark.getTimestamp());
            }
        } while (again);
        openTraces.dropUntil(mark.getTimestamp());
        decidedTraces.dropUntil(mark.getTimestamp());
        writeAhead(mark.getTimestamp());
        output.emitWatermark(mark);
    }

    private void writeAhead(long watermark) throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (pace.isSoon(now, watermark)) {
            openTraces.writeAhead(pace.watermarkAtNext(now, watermark), pace.share(now));
        }
    }

    /** Whether a timer that is due at a time or before it was set since this was last looked at. */
    private boolean isTimerSet(long time) {
        return timersSet && leastSet <= time;
    }

    /**
     * Closes the traces that are due at a time or before it, in the order of time; up to where a
     * timer comes first that was set meanwhile.
     */
    private void closeDue(long time) throws Exception {
        for (ResidentTrace next = openTraces.next(time);
                next != null;
                next = openTraces.next(time)) {
            long due = next.deadline();
            if (isTimerSet(due - 1)) {
                return;
            }
            // What that decides may have opened traces that are due before this one.
            if (!limited.flushBefore(due)) {
                close(next, true);
            }
        }
    }

    @Override
    public void onEventTime(InternalTimer<TraceId, VoidNamespace> timer) throws Exception {
        TraceId id = timer.getKey();
        long time = timer.getTimestamp();
        timersSet = false;
        do {
            closeDue(time - 1);
        } while (!isTimerSet(time - 1) && limited.flushBefore(time));
        if (isTimerSet(time - 1)) {
            // What was decided has set timers before this one, which then takes its turn anew.
            setCurrentKey(id);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            return;
        }
        DecidedTrace decided = decidedTraces.get(id);
        if (decided != null && decided.expires() <= time) {
            decider.forget(id, decided);
        }
        ResidentTrace trace = openTraces.get(id);
        if (trace != null && trace.deadline() <= time) {
            close(trace, true);
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
    private void close(ResidentTrace trace, boolean onTime) throws Exception {
        OpenTrace open = openTraces.known(trace);
        Membership membership = gathering.membership(trace, open, open.deadline());
        if (open.isSettled() && membership.ending() == Membership.Ending.DEADLINE) {
            // It was settled by other policies than those of today, or by what came twice.
            membership = gathering.membership(trace, open, deadlines.of(open));
            Gathered then = membership.gathered(chunkEvidence.fingerprint());
            if (onTime && open.deadlineWith(then, deadlines) > open.deadline()) {
                open.putOff(then, deadlines);
                openTraces.changed(trace);
                return;
            }
        }
        boolean early = membership.ending() == Membership.Ending.SETTLED;
        TraceKnowledge known = new TraceKnowledge(trace.id(), membership.evidence(), !early);
        Votes votes = policies.ask(known);
        boolean askLimiters = policies.needLimiters(votes);
        if (membership.members() == null
                && (askLimiters || keptSpans.isHandedOn(votes.verdict()))) {
            membership = membership.with(gathering.chunks(trace));
        }
        openTraces.remove(trace);
        counts.closed(open);
        ReadyTrace ready =
                new ReadyTrace(trace.id(), open, membership, votes, trigger(open, membership));
        if (onTime && !early && askLimiters) {
            limited.add(open.deadline(), ready);
        } else {
            decide(ready);
        }
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
    private void decide(ReadyTrace ready) throws Exception {
        decider.decide(ready, timers.currentWatermark());
        for (TraceChunk next : ready.membership().rest()) {
            take(chunkEvidence.read(next));
        }
    }
}
