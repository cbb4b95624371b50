package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.SamplingSpec;
import io.tailrace.jobs.Spec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.discovery.DiscoverySpec;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.spec.SpecKinds;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsSpec;

import java.util.EnumMap;
import java.util.Map;

/** Which spec each kind has. */
public final class JobSpecs {

    private static final Map<JobKind, Class<? extends Record>> JOBS =
            Map.of(
                    JobKind.TAIL_SAMPLING, TailSamplingSpec.class,
                    JobKind.VIRTUAL_METRICS, VirtualMetricsSpec.class,
                    JobKind.DISCOVERY, DiscoverySpec.class,
                    JobKind.PIPELINE, PipelineSpec.class);

    /** Of jobs of Flink. */
    public static final SpecKinds<JobSpec> KINDS =
            SpecKinds.of("kind", JobKind.class, JobSpec.class, JOBS);

    /** Of all kinds. */
    public static final SpecKinds<Spec> ALL =
            SpecKinds.of("kind", JobKind.class, Spec.class, withControl());

    /** Of what is registered elsewhere. */
    public static final SpecKinds<ControlSpec> CONTROL =
            SpecKinds.of(
                    "kind",
                    JobKind.class,
                    ControlSpec.class,
                    Map.of(JobKind.CONTROL, ControlSpec.class));

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

    private static Map<JobKind, Class<? extends Record>> withControl() {
        Map<JobKind, Class<? extends Record>> all = new EnumMap<>(JOBS);
        all.put(JobKind.CONTROL, ControlSpec.class);
        return all;
    }
}
