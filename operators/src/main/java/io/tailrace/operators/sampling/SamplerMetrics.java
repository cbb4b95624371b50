package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.state.OpenTrace;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the sampler counts, in the group {@code tailrace}. */
final class SamplerMetrics {

    private final Map<Verdict, Counter> traces = new EnumMap<>(Verdict.class);
    private final Map<Trigger, Counter> records = new EnumMap<>(Trigger.class);
    private final Map<String, Counter> winners = new HashMap<>();
    private final Counter spansKept;
    private final Counter spansDropped;
    private final Counter lateSpansKept;
    private final Counter lateSpansDropped;
    private final Counter spansPastLimit;
    private final Counter spansBehindWatermark;
    private long openTraces;
    private long bufferedBytes;

    SamplerMetrics(MetricGroup operator, List<NamedPolicy> policies) {
        MetricGroup group = operator.addGroup("tailrace");
        for (Verdict verdict : Verdict.values()) {
            traces.put(verdict, group.addGroup("decision", lower(verdict)).counter("traces"));
        }
        for (Trigger trigger : Trigger.values()) {
            records.put(trigger, group.addGroup("trigger", lower(trigger)).counter("decisions"));
        }
        for (NamedPolicy policy : policies) {
            winners.put(
                    policy.name(), group.addGroup("policy", policy.name()).counter("traces_kept"));
        }
        spansKept = group.counter("spans_kept");
        spansDropped = group.counter("spans_dropped");
        lateSpansKept = group.counter("late_spans_kept");
        lateSpansDropped = group.counter("late_spans_dropped");
        spansPastLimit = group.counter("spans_past_limit");
        spansBehindWatermark = group.counter("spans_behind_watermark");
        group.gauge("traces_open", () -> openTraces);
        group.gauge("buffered_bytes", () -> bufferedBytes);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void opened() {
        openTraces++;
    }

    void buffered(TraceChunk chunk) {
        bufferedBytes += chunk.otlp().length;
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

    void decided(DecisionRecord record) {
        traces.get(record.decision().verdict()).inc();
        records.get(record.trigger()).inc();
        (record.sampled() ? spansKept : spansDropped).inc(record.spans());
        if (record.decision().policy() != null) {
            winners.get(record.decision().policy()).inc();
        }
    }

    void summedUp(DecisionRecord record) {
        records.get(record.trigger()).inc();
    }

    void late(DecisionRecord decision, TraceChunk chunk, boolean pastLimit) {
        int spans = chunk.spans();
        (decision.sampled() ? spansKept : spansDropped).inc(spans);
        (decision.sampled() ? lateSpansKept : lateSpansDropped).inc(spans);
        if (pastLimit) {
            spansPastLimit.inc(spans);
        }
    }
}
