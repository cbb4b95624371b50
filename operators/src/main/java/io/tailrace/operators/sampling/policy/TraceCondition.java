package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.TraceId;

/** Whether a trace meets a policy, told from its evidence alone. */
@FunctionalInterface
public interface TraceCondition {
    boolean met(TraceId traceId, Evidence evidence);
}
