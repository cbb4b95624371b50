package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Typed;

/** What a flow computes. */
@Typed
public sealed interface FlowTemplate permits VirtualMetrics, TailSampling, External, Custom {

    /** Whether the platform computes it. */
    boolean inPlatform();
}
