package io.tailrace.jobs.pipeline;

import io.tailrace.jobs.run.ClusterRun;

/**
 * The entry for a cluster: {@code flink run -c io.tailrace.jobs.pipeline.PipelineMain tailrace.jar
 * --spec FILE [--set PATH=VALUE ...]}.
 */
public final class PipelineMain {

    private PipelineMain() {}

    public static void main(String[] arguments) throws Exception {
        ClusterRun.run(PipelineSpec.class, arguments);
    }
}
