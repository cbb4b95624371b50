package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.run.ClusterRun;

/**
 * The entry for a cluster: {@code flink run -c io.tailrace.jobs.tailsampling.TailSamplingMain
 * tailrace.jar --spec FILE [--set PATH=VALUE ...]}.
 */
public final class TailSamplingMain {

    private TailSamplingMain() {}

    public static void main(String[] arguments) throws Exception {
        ClusterRun.run(TailSamplingSpec.class, arguments);
    }
}
