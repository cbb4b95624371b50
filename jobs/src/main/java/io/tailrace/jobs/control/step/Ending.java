package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.platform.FlowStatus;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.Optional;

/** Stops and deletes what an application has in the data platform. What is stopped is let alone. */
public final class Ending {

    private final Work work;

    public Ending(Work work) {
        this.work = work;
    }

    /** A flow of the application's; nothing where there is none, or it is somebody else's. */
    public Optional<Flow> flow(String name) throws CallException, InterruptedException {
        Optional<Flow> found = work.flows().named(work.application().projectId(), name);
        boolean foreign =
                found.isPresent() && FlowOwner.foreignTable(work, found.get()).isPresent();
        return foreign ? Optional.empty() : found;
    }

    /**
     * Stops a flow, and waits until it has.
     *
     * @return whether there was anything to do
     */
    public boolean stop(Flow flow) throws IOException, InterruptedException {
        FlowStatus status = shown(flow.id());
        if (status == FlowStatus.NO_START) {
            return false;
        }
        if (status != FlowStatus.STOPPING && !isAsked(flow, status)) {
            return false;
        }
        work.waiting()
                .until(
                        "the flow " + flow.name() + " has stopped",
                        work.spec().platform().flowWait(),
                        tries ->
                                shown(flow.id()) == FlowStatus.NO_START
                                        ? Optional.of(flow)
                                        : Optional.empty());
        return true;
    }

    /** Whether the flow stops now. One that has failed may be refused it, as it does not run. */
    private boolean isAsked(Flow flow, FlowStatus status)
            throws CallException, InterruptedException {
        try {
            work.flows()
                    .makeOnce(
                            () -> Optional.of(shown(flow.id())).filter(Ending::isEnding),
                            () -> {
                                work.flows().stop(flow.id());
                                return FlowStatus.STOPPING;
                            });
            return true;
        } catch (CallException failure) {
            if (status == FlowStatus.FAILURE && failure.fault() == Fault.REFUSED) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean isEnding(FlowStatus status) {
        return status == FlowStatus.STOPPING || status == FlowStatus.NO_START;
    }

    /** A flow that is gone does not run. */
    private FlowStatus shown(long id) throws CallException, InterruptedException {
        return work.flows().flow(id).map(Flow::status).orElse(FlowStatus.NO_START);
    }

    /** Deletes a flow that has stopped. */
    public void delete(Flow flow) throws CallException, InterruptedException {
        work.flows()
                .makeOnce(
                        () ->
                                work.flows().flow(flow.id()).isEmpty()
                                        ? Optional.of(flow)
                                        : Optional.empty(),
                        () -> {
                            work.flows().delete(flow.id());
                            return flow;
                        });
    }

    /**
     * Stops the cleaning.
     *
     * @return whether there was anything to do
     */
    public boolean stopCleaning() throws CallException, InterruptedException {
        String table = work.application().resultTableId();
        Optional<Long> rawData =
                work.platform()
                        .rawDataId(work.application().bizId(), work.application().rawDataName());
        if (rawData.isEmpty() || !cleaningRuns(rawData.get(), table)) {
            return false;
        }
        work.platform()
                .makeOnce(
                        () ->
                                cleaningRuns(rawData.get(), table)
                                        ? Optional.empty()
                                        : Optional.of(table),
                        () -> {
                            work.platform().stopCleaning(table);
                            return table;
                        });
        return true;
    }

    private boolean cleaningRuns(long rawData, String table)
            throws CallException, InterruptedException {
        Optional<JsonNode> cleaning = work.platform().cleaning(rawData, table);
        if (cleaning.isEmpty()) {
            return false;
        }
        FlowStatus status = FlowStatus.of(cleaning.get().path("status").asText());
        return status == FlowStatus.RUNNING || status == FlowStatus.STARTING;
    }
}
