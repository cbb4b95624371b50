package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.flow.WantedFlow;
import io.tailrace.jobs.control.spec.FlowSpec;
import io.tailrace.jobs.control.spec.FlowTemplate;
import io.tailrace.jobs.control.spec.StorageSettings;
import io.tailrace.jobs.control.spec.TailSampling;
import io.tailrace.jobs.control.spec.VirtualMetrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The steps by which an application's data gets through the platform. */
public final class DataPath {

    private DataPath() {}

    public static Step source(Work work) {
        return new SourceStep(work);
    }

    /** From the source to a table that flows may read. */
    public static List<Step> cleaning(Work work) {
        return List.of(new CleaningStep(work), new CleaningRunsStep(work), new GrantStep(work));
    }

    /** From the table to what is computed of it. */
    public static List<Step> flow(Work work, WantedFlow wanted, FlowSpec spec) {
        List<Step> steps = new ArrayList<>();
        StorageSettings storage = storage(spec.template());
        if (storage != null && storage.resourceSetId() != null) {
            steps.add(new ResourceSetStep(work, storage.resourceSetId()));
        }
        FlowWork flow = new FlowWork(work, wanted);
        steps.add(new FlowStep(flow));
        steps.add(new NodesStep(flow));
        steps.add(new FlowRunsStep(flow));
        return steps;
    }

    /**
     * What is left of flows that the spec had once.
     *
     * @param wanted the names of those that it has
     */
    public static Step formerFlows(Work work, Set<String> wanted) {
        return new FormerFlowsStep(work, wanted);
    }

    private static StorageSettings storage(FlowTemplate template) {
        if (template instanceof VirtualMetrics metrics) {
            return metrics.storage();
        }
        return template instanceof TailSampling sampling ? sampling.storage() : null;
    }
}
