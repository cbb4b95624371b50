package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.DecidedTraces;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraces;
import io.tailrace.operators.sampling.state.ResidencyCounts;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the sampler counts, in the group {@code tailrace}. */
final class SamplerMetrics {

    private static final int HISTOGRAM_WINDOW = 1000;

    private final Map<Verdict, Counter> traces = new EnumMap<>(Verdict.class);
    private final Map<Trigger, TriggerMetrics> triggers = new EnumMap<>(Trigger.class);
    private final Map<String, PolicyMetrics> policies = new HashMap<>();
    private final Counter tracesIn;
    private final Counter spansKept;
    private final Counter spansDropped;
    private final Counter spansAboveMostKept;
    private final Counter duplicateSpans;
    private final Counter lateSpansKept;
    private final Counter lateSpansDropped;
    private final LateSpanAges lateSpanAges;
    private final Counter spansPastLimit;
    private final Counter spansBehindWatermark;
    private final Counter tracesReconsidered;
    private final ResidencyCounts residency;
    private final MetricGroup group;
    private final Histogram timesOpen;
    private final Histogram decisionLatencies;
    private long openTraces;
    private long bufferedBytes;

    SamplerMetrics(MetricGroup operator, List<NamedPolicy> policies) {
        group = operator.addGroup("tailrace");
        for (Verdict verdict : Verdict.values()) {
            traces.put(verdict, group.addGroup("decision", lower(verdict)).counter("traces"));
        }
        for (Trigger trigger : Trigger.values()) {
            triggers.put(trigger, new TriggerMetrics(group.addGroup("trigger", lower(trigger))));
        }
        for (NamedPolicy policy : policies) {
            this.policies.put(
                    policy.name(), new PolicyMetrics(group.addGroup("policy", policy.name())));
        }
        tracesIn = group.counter("traces_in");
        spansKept = group.counter("spans_kept");
        spansDropped = group.counter("spans_dropped");
        spansAboveMostKept =
                group.addGroup("reason", "max_kept_spans_per_trace").counter("spans_cut");
        duplicateSpans = group.addGroup("reason", "duplicate").counter("spans_cut");
        lateSpansKept = group.counter("late_spans_kept");
        lateSpansDropped = group.counter("late_spans_dropped");
        lateSpanAges = new LateSpanAges(group);
        spansPastLimit = group.counter("spans_past_limit");
        spansBehindWatermark = group.counter("spans_behind_watermark");
        tracesReconsidered = group.counter("traces_reconsidered");
        residency =
                new ResidencyCounts(
                        group.counter("traces_written"),
                        group.counter("traces_spilled"),
                        group.counter("traces_loaded"));
        timesOpen = group.histogram("trace_open_ms", histogram());
        decisionLatencies = group.histogram("decision_latency_ms", histogram());
        group.gauge("traces_open", () -> openTraces);
        group.gauge("buffered_bytes", () -> bufferedBytes);
    }

    /** What moves between memory and state. */
    ResidencyCounts residency() {
        return residency;
    }

    /** Shows how many open traces are in memory and what they take, and the same of decisions. */
    void watch(OpenTraces openTraces, DecidedTraces decidedTraces) {
        group.gauge("traces_resident", openTraces::resident);
        group.gauge("resident_bytes", openTraces::bytes);
        group.gauge("decisions_remembered", decidedTraces::count);
        group.gauge("decision_filter_bytes", decidedTraces::filterBytes);
    }

    private static Histogram histogram() {
        return new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void opened() {
        tracesIn.inc();
        openTraces++;
    }

    void buffered(TraceChunk chunk) {
        bufferedBytes += chunk.otlp().length;
    }

    void duplicates(int spans) {
        duplicateSpans.inc(spans);
    }

    void behindWatermark(TraceChunk chunk) {
        spansBehindWatermark.inc(chunk.spans());
    }

    void closed(OpenTrace trace) {
        openTraces--;
        bufferedBytes -= trace.bytes();
    }

    void restored(OpenTrace trace) {
        openTraces++;
        bufferedBytes += trace.bytes();
    }

    /**
     * @param kept how many of its spans are handed on
     */
    void decided(DecisionRecord record, int kept, long watermark) {
        traces.get(record.decision().verdict()).inc();
        triggers.get(record.trigger()).decided(record, kept);
        count(record, kept, record.spans());
        timesOpen.update(record.decided() - record.firstSeen());
        if (watermark != Long.MAX_VALUE) {
            decisionLatencies.update(Math.max(0, watermark - record.decided()));
        }
        if (record.decision().policy() != null) {
            policies.get(record.decision().policy()).won(record);
        }
        record.decision()
                .votes()
                .forEach(
                        (policy, vote) -> {
                            if (vote == Vote.ERROR) {
                                policies.get(policy).failed();
                            }
                        });
    }

    private void count(DecisionRecord record, int kept, int spans) {
        spansKept.inc(kept);
        spansDropped.inc((long) spans - kept);
        if (record.sampled()) {
            spansAboveMostKept.inc((long) spans - kept);
        }
        // A decision from a savepoint may name a policy that there is no more.
        PolicyMetrics winner = policies.get(record.decision().policy());
        if (winner != null) {
            winner.handedOn(kept, spans);
        }
    }

    void reconsidered(DecisionRecord record) {
        tracesReconsidered.inc();
        policies.get(record.decision().policy()).won(record);
        triggers.get(record.trigger()).told();
    }

    void summedUp(DecisionRecord record) {
        triggers.get(record.trigger()).told();
    }

    /**
     * Of spans that came after the decision. What came before the deadline of a trace that was
     * decided early is not late.
     *
     * @param kept how many of them are handed on
     */
    void followed(DecidedTrace decided, TraceChunk chunk, int kept, boolean pastLimit) {
        int spans = chunk.spans();
        count(decided.record(), kept, spans);
        if (chunk.arrival() > decided.deadline() || chunk.arrival() <= decided.record().decided()) {
            lateSpansKept.inc(kept);
            lateSpansDropped.inc((long) spans - kept);
            lateSpanAges.add(Math.max(0, chunk.arrival() - decided.deadline()), spans);
        }
        if (pastLimit) {
            spansPastLimit.inc(spans);
        }
    }
}
