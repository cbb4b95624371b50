package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.decision.DecisionRecord;

/** Where the sampler's results go; times are event time, milliseconds since the epoch. */
interface SamplerOutput {

    void keep(KeptSpans spans, long time);

    void record(DecisionRecord record, long time);
}
