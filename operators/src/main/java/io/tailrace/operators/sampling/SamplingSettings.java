package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Foreign;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.semconv.Semconv;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The block {@code tail_sampling} of a spec. What {@link BkSettings} can give too is null in the
 * record where the spec does not name it; the accessors give what holds.
 */
@Foreign({
    @Foreign.Key(
            name = "num_traces",
            reason =
                    "open traces are in checkpointed state on disk, and none is evicted; a single one is"
                            + " bounded by max_spans_per_trace and max_bytes_per_trace"),
    @Foreign.Key(name = "expected_new_traces_per_sec", reason = "nothing is allocated beforehand"),
    @Foreign.Key(
            name = "block_on_overflow",
            reason = "state does not overflow; what cannot keep up holds its source back"),
    @Foreign.Key(name = "decision_cache", reason = "every decision is remembered for decision_ttl"),
    @Foreign.Key(
            name = "sample_on_first_match",
            reason =
                    "eager_release decides as soon as no later span could change what becomes of a"
                            + " trace"),
    @Foreign.Key(
            name = "drop_pending_traces_on_shutdown",
            reason = "a stop keeps pending traces in its savepoint"),
    @Foreign.Key(
            name = "maximum_trace_size_bytes",
            reason = "write max_bytes_per_trace, at which a trace is decided rather than dropped"),
    @Foreign.Key(
            name = "sampling_strategy",
            reason =
                    "policies are asked of whole traces; eager_release decides as early as that allows"),
    @Foreign.Key(name = "num_shards", reason = "write parallelism.default in the block flink"),
    @Foreign.Key(name = "tail_storage", reason = "write state.backend.type in the block flink")
})
public record SamplingSettings(
        @Setting(
                        value = "A trace is decided this long after the arrival of its first span",
                        optional = true,
                        otherwise = "30s",
                        least = 1)
                Duration decisionWait,
        @Setting(
                        value =
                                "Once the root has arrived, a trace is decided this long after it, if"
                                        + " that is sooner; 0s is off, as it is unless given",
                        optional = true,
                        least = 0)
                Duration decisionWaitAfterRootReceived,
        @Setting(
                        value =
                                "Whether a trace is decided as soon as no later span could change what"
                                        + " becomes of it",
                        defaultsTo = "true")
                boolean eagerRelease,
        @Setting(
                        value =
                                "Spans that come this long after the decision still follow it; later"
                                        + " ones begin a new trace",
                        optional = true,
                        otherwise = "10m",
                        least = 0)
                Duration decisionTtl,
        @Setting(
                        value = "A trace that has so many spans is decided at once",
                        optional = true,
                        otherwise = "10000",
                        least = 1)
                Integer maxSpansPerTrace,
        @Setting(
                        value = "A trace that has so many bytes of OTLP is decided at once",
                        defaultsTo = "16MiB",
                        least = 1,
                        most = 1 << 30)
                ByteSize maxBytesPerTrace,
        @Setting(
                        value =
                                "Open traces take so many bytes of each slot's memory; the oldest"
                                        + " ones beyond are in state only",
                        defaultsTo = "256MiB",
                        least = 1 << 20)
                ByteSize residentBudget,
        @Setting(
                        value =
                                "Of a kept trace, spans beyond so many are dropped; off unless given",
                        optional = true,
                        least = 1)
                Integer maxKeptSpansPerTrace,
        @Setting(
                        value =
                                "What late spans do: follow the decision; or have it reconsidered, which"
                                        + " can only turn not sampled into sampled",
                        defaultsTo = "follow")
                LateSpans lateSpans,
        @Setting(
                        value =
                                "Whether of spans with the same id in an open trace only the first"
                                        + " counts and is kept",
                        defaultsTo = "false")
                boolean deduplicate,
        @Setting(
                        value =
                                "Whether kept spans name the policy that won, in the attribute"
                                        + " tailsampling.policy of their scope",
                        defaultsTo = "true")
                boolean stampPolicy,
        @Setting(
                        value =
                                "Whether kept spans carry their sampling threshold (ot=th) in the trace"
                                        + " state; probabilistic then chooses by its rules",
                        defaultsTo = "false")
                boolean stampThreshold,
        @Setting(
                        value =
                                "Under which names of the semantic conventions attributes are looked for",
                        defaultsTo = "as_written")
                Semconv semconv,
        @Setting(
                        value = "Whether every span is kept, and decisions are only recorded",
                        defaultsTo = "false")
                boolean dryRun,
        @Setting(
                        value =
                                "BlueKing's names for three of these, none of which may be given under"
                                        + " both; in their place its defaults hold",
                        optional = true)
                BkSettings bk,
        @Setting(
                        value =
                                "The policies. A trace that one of them drops is dropped; else one that a"
                                        + " policy samples is kept",
                        least = 1,
                        distinct = "name")
                List<NamedPolicy> policies)
        implements Checked, Serializable {

    private static final Duration DECISION_WAIT = Duration.ofSeconds(30);
    private static final Duration DECISION_TTL = Duration.ofMinutes(10);
    private static final int MAX_SPANS_PER_TRACE = 10_000;

    /** What becomes of spans that come after the decision. */
    public enum LateSpans {
        /** They are kept or not as their trace was. */
        FOLLOW,
        /** They may turn a trace that was not sampled into one that is. */
        RECONSIDER
    }

    @Override
    public Duration decisionWait() {
        return first(decisionWait, bk == null ? DECISION_WAIT : bk.decisionWait());
    }

    @Override
    public Duration decisionTtl() {
        return first(decisionTtl, bk == null ? DECISION_TTL : bk.decisionTtl());
    }

    @Override
    public Integer maxSpansPerTrace() {
        return first(maxSpansPerTrace, bk == null ? MAX_SPANS_PER_TRACE : bk.maxSpansPerTrace());
    }

    private static <T> T first(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    @Override
    public void check(Problems problems) {
        if (bk != null) {
            refuseBoth(problems, "decision_wait", decisionWait, bk.traceSessionGapMin());
            refuseBoth(problems, "decision_ttl", decisionTtl, bk.traceMarkTimeoutMin());
            refuseBoth(problems, "max_spans_per_trace", maxSpansPerTrace, bk.maxSpanCount());
        }
        for (int i = 0; stampThreshold && i < policies.size(); i++) {
            if (!policies.get(i).policy().hasThreshold()) {
                problems.expected(
                        "policies[%d].type".formatted(i),
                        "no choice by the trace's id within not, drop or bk_conditions beside"
                                + " stamp_threshold, as it has no threshold");
            }
        }
    }

    private static void refuseBoth(Problems problems, String key, Object given, Object asBk) {
        if (given != null && asBk != null) {
            problems.expected(key, "it under one name: the block bk gives it too");
        }
    }
}
