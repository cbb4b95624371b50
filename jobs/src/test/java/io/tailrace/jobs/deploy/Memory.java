package io.tailrace.jobs.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.discovery.DiscoverySpec;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsSpec;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.sampling.SamplingSettings;

/** How Flink divides a process' memory, and what jobs want of it by their specs. */
final class Memory {

    private Memory() {}

    /** Fails where Flink would. */
    static void assertJobManagerStarts(Configuration options, String process) {
        Configuration its = new Configuration(options);
        its.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(process));
        JobManagerProcessUtils.processSpecFromConfig(its);
    }

    /** What is left for jobs. */
    static MemorySize taskManagerHeap(Configuration options, String process) {
        Configuration its = new Configuration(options);
        its.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(process));
        TaskExecutorProcessSpec divided = TaskExecutorProcessUtils.processSpecFromConfig(its);
        return divided.getTaskHeapSize();
    }

    /** The budgets of a slot, in bytes; of open traces half as much again, as the README says. */
    static long ofSlot(JobSpec spec) {
        if (spec instanceof TailSamplingSpec job) {
            return of(job.tailSampling());
        } else if (spec instanceof VirtualMetricsSpec job) {
            return of(job.virtualMetrics());
        } else if (spec instanceof DiscoverySpec job) {
            return of(job.discovery());
        } else if (spec instanceof PipelineSpec job) {
            return of(job.tailSampling()) + of(job.virtualMetrics()) + of(job.discovery());
        }
        throw new IllegalArgumentException("No job " + spec);
    }

    private static long of(SamplingSettings settings) {
        return settings.residentBudget().bytes() * 3 / 2;
    }

    private static long of(VirtualMetricsSettings settings) {
        return settings.serviceGraph().residentBudget().bytes()
                + 2 * settings.localBudget().bytes();
    }

    private static long of(DiscoverySettings settings) {
        return settings.residentBudget().bytes() + 2 * settings.localBudget().bytes();
    }
}
