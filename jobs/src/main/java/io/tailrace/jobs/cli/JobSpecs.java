package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.discovery.DiscoverySpec;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.spec.SpecKinds;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsSpec;

import java.util.Map;

/** Which spec each kind of job has. */
public final class JobSpecs {

    public static final SpecKinds<JobSpec> KINDS =
            SpecKinds.of(
                    "kind",
                    JobKind.class,
                    JobSpec.class,
                    Map.of(
                            JobKind.TAIL_SAMPLING, TailSamplingSpec.class,
                            JobKind.VIRTUAL_METRICS, VirtualMetricsSpec.class,
                            JobKind.DISCOVERY, DiscoverySpec.class,
                            JobKind.PIPELINE, PipelineSpec.class));

    /** Of those that may keep traces. */
    static final SpecKinds<SamplingSpec> SAMPLING =
            SpecKinds.of(
                    "kind",
                    JobKind.class,
                    SamplingSpec.class,
                    Map.of(
                            JobKind.TAIL_SAMPLING, TailSamplingSpec.class,
                            JobKind.PIPELINE, PipelineSpec.class));

    private JobSpecs() {}
}
