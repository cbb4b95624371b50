package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.spec.SpecKinds;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsSpec;

import java.util.Map;

/** Which spec each kind of job has. */
final class JobSpecs {

    static final SpecKinds<JobSpec> KINDS =
            SpecKinds.of(
                    "kind",
                    JobKind.class,
                    JobSpec.class,
                    Map.of(
                            JobKind.TAIL_SAMPLING, TailSamplingSpec.class,
                            JobKind.VIRTUAL_METRICS, VirtualMetricsSpec.class));

    private JobSpecs() {}
}
