package io.tailrace.jobs.virtualmetrics;

import io.tailrace.jobs.run.ClusterRun;

/**
 * The entry for a cluster: {@code flink run -c io.tailrace.jobs.virtualmetrics.VirtualMetricsMain
 * tailrace.jar --spec FILE [--set PATH=VALUE ...]}.
 */
public final class VirtualMetricsMain {

    private VirtualMetricsMain() {}

    public static void main(String[] arguments) throws Exception {
        ClusterRun.run(VirtualMetricsSpec.class, arguments);
    }
}
