package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.platform.ShownNode;
import io.tailrace.jobs.http.CallException;

import java.util.Optional;

/** Tells a flow that bears one of our names, and is somebody else's. */
final class FlowOwner {

    private FlowOwner() {}

    /** The table of others that a flow reads; nothing where the flow is ours. */
    static Optional<String> foreignTable(Work work, Flow flow)
            throws CallException, InterruptedException {
        if (work.memory().get("flows", flow.name(), "flow_id").asLong() == flow.id()) {
            return Optional.empty();
        }
        String ours = work.application().resultTableId();
        for (ShownNode node : work.flows().nodes(flow.id())) {
            String read = node.config().path("result_table_id").asText(ours);
            if (node.type().equals("stream_source") && !read.equals(ours)) {
                return Optional.of(read);
            }
        }
        return Optional.empty();
    }
}
