package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.flow.WantedFlow;
import io.tailrace.jobs.control.platform.Consuming;
import io.tailrace.jobs.control.platform.Flow;
import io.tailrace.jobs.control.platform.Flows;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What the steps of one flow have found so far, and remember. */
final class FlowWork {

    private static final String FLOWS = "flows";
    private static final String RESTART = "restart";
    private static final String RESUME = "resume";
    private static final String SEEN = "seen";

    private final Work work;
    private final WantedFlow wanted;
    private Long id;
    private Consuming found;

    FlowWork(Work work, WantedFlow wanted) {
        this.work = work;
        this.wanted = wanted;
    }

    Work work() {
        return work;
    }

    Flows flows() {
        return work.flows();
    }

    WantedFlow wanted() {
        return wanted;
    }

    String name() {
        return wanted.name();
    }

    /** Null where the flow is not there yet. */
    Long id() {
        return id;
    }

    void id(long found) throws IOException {
        id = found;
        if (work.memory().get(FLOWS, name(), "flow_id").asLong() != found) {
            work.memory().put(found, FLOWS, name(), "flow_id");
        }
    }

    boolean isRemembered(long flowId) {
        return work.memory().get(FLOWS, name(), "flow_id").asLong() == flowId;
    }

    Optional<Flow> find() throws CallException, InterruptedException {
        return flows().named(wanted.projectId(), name());
    }

    /**
     * Where it is to be started again from, as what runs is not what is configured; null where that
     * is not needed.
     */
    Consuming restart() {
        JsonNode remembered = work.memory().get(FLOWS, name(), RESTART);
        Consuming before =
                remembered.isMissingNode()
                        ? null
                        : Consuming.valueOf(remembered.asText().toUpperCase(Locale.ROOT));
        return found == Consuming.FROM_TAIL || before == null ? found : before;
    }

    /** Says that a node will be changed. */
    void changes(Consuming from) {
        found = found == Consuming.FROM_TAIL ? found : from;
    }

    /** Remembers it, before the first node is changed. */
    void rememberRestart(Consuming from) throws IOException {
        changes(from);
        work.memory().put(restart().spelling(), FLOWS, name(), RESTART);
    }

    /** Whether a run before changed a node, and did not get to start the flow again. */
    boolean isChangePending() {
        return found == null && restart() != null;
    }

    /** Where it begins when it was stopped: where it was, if it was to go on later. */
    Consuming begin() {
        boolean resumes = work.memory().get(FLOWS, name(), RESUME).asBoolean();
        return resumes && restart() != Consuming.FROM_TAIL
                ? Consuming.CONTINUE
                : Consuming.FROM_TAIL;
    }

    /** Remembers what the flow was last seen doing. */
    void seen(String status) throws IOException {
        work.memory().put(status, FLOWS, name(), SEEN);
    }

    void restarted() throws IOException {
        found = null;
        work.memory().forget(FLOWS, name(), RESUME);
        work.memory().forget(FLOWS, name(), RESTART);
    }
}
