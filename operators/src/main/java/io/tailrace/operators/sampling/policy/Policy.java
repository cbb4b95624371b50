package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.settings.Typed;

import java.io.Serializable;

/**
 * A rule that keeps traces, as written in a spec: the keys, defaults and meaning of the
 * OpenTelemetry Collector's {@code tail_sampling} processor. The {@code type} in a spec is the
 * record's name in snake case.
 *
 * <p>A new policy is a record in a file of its own and a name in the list below.
 */
@Typed
public sealed interface Policy extends Serializable
        permits AlwaysSample,
                And,
                Latency,
                NumericAttribute,
                Probabilistic,
                SpanCount,
                StatusCode,
                StringAttribute {

    /**
     * Makes the policy ready to be asked.
     *
     * @param conditions takes what must be asked of each span
     */
    TraceCondition compile(SpanConditions conditions);
}
