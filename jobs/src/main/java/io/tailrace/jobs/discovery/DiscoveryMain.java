package io.tailrace.jobs.discovery;

import io.tailrace.jobs.run.ClusterRun;

/**
 * The entry for a cluster: {@code flink run -c io.tailrace.jobs.discovery.DiscoveryMain
 * tailrace.jar --spec FILE [--set PATH=VALUE ...]}.
 */
public final class DiscoveryMain {

    private DiscoveryMain() {}

    public static void main(String[] arguments) throws Exception {
        ClusterRun.run(DiscoverySpec.class, arguments);
    }
}
