package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.span.TraceId;

/** A trace that is no longer open, and that only its limiters have not been asked of. */
record ReadyTrace(
        TraceId traceId, OpenTrace open, Membership membership, Votes votes, Trigger trigger) {}
