package io.tailrace.jobs.control.flow;

import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.Custom;
import io.tailrace.jobs.control.spec.External;
import io.tailrace.jobs.control.spec.FlowSpec;
import io.tailrace.jobs.control.spec.FlowTemplate;
import io.tailrace.jobs.control.spec.TailSampling;
import io.tailrace.jobs.control.spec.VirtualMetrics;

import java.io.IOException;
import java.util.List;

/**
 * A flow as the platform is to have it.
 *
 * @param nodes each after those that it reads
 */
public record WantedFlow(String name, long projectId, String clusterGroup, List<FlowNode> nodes) {

    /**
     * @throws IOException where a file that the spec names cannot be read
     */
    public static WantedFlow of(ApplicationSpec application, FlowSpec flow) throws IOException {
        return new WantedFlow(
                flow.name(application),
                application.projectId(),
                flow.clusterGroup(),
                nodes(application, flow.name(application), flow.template()));
    }

    private static List<FlowNode> nodes(
            ApplicationSpec application, String name, FlowTemplate template) throws IOException {
        Nodes nodes = new Nodes(application.bizId(), application.resultTableId());
        if (template instanceof VirtualMetrics metrics) {
            return VirtualMetricsNodes.of(nodes, name, metrics);
        } else if (template instanceof TailSampling sampling) {
            return TailSamplingNodes.of(nodes, name, sampling);
        } else if (template instanceof Custom custom) {
            return CustomNodes.of(nodes, name, custom);
        }
        throw new IllegalArgumentException(External.class + " has no nodes");
    }
}
