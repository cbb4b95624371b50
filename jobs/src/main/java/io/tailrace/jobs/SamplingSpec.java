package io.tailrace.jobs;

import io.tailrace.operators.sampling.SamplingSettings;

/** What the specs of jobs have that may keep the traces worth keeping. */
public interface SamplingSpec extends JobSpec {

    /** Null where the job keeps none. */
    SamplingSettings tailSampling();
}
