package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.CompiledPolicy;
import io.tailrace.operators.settings.Typed;

import java.io.Serializable;

/**
 * A rule that keeps or drops traces, as written in a spec: the keys, defaults and meaning of the
 * OpenTelemetry Collector's {@code tail_sampling} processor. The {@code type} in a spec is the
 * record's name in snake case.
 *
 * <p>A new policy is a record in a file of its own and a name in the list below.
 */
@Typed
public sealed interface Policy extends Serializable
        permits AlwaysSample,
                And,
                BkConditions,
                BooleanAttribute,
                BytesLimiting,
                Composite,
                Drop,
                Latency,
                Not,
                NumericAttribute,
                OttlCondition,
                Probabilistic,
                RateLimiting,
                SpanCount,
                StatusCode,
                StringAttribute,
                TraceFlags,
                TraceState {

    /** Makes the policy ready to be asked. */
    CompiledPolicy compile(Compilation compilation);

    /** Whether it spends from a budget, itself or one within it. */
    default boolean isLimiter() {
        return false;
    }

    /** Whether it chooses by the trace's id, itself or one within it. */
    default boolean isRandom() {
        return false;
    }

    /** Whether the traces that it samples have a threshold of consistent sampling. */
    default boolean hasThreshold() {
        return true;
    }

    /** Whether it may stand within and, not and drop: it holds no others. */
    default boolean isLeaf() {
        return true;
    }
}
