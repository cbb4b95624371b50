package io.tailrace.jobs.control.gse;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Differences;
import io.tailrace.jobs.control.spec.ReceiverSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.control.step.Step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Receivers that this program made and the spec has no more are gone; no route needs them now. */
public final class StaleReceiversStep implements Step {

    private final GseWork gse;

    public StaleReceiversStep(GseWork gse) {
        this.gse = gse;
    }

    @Override
    public String name() {
        return "former receivers";
    }

    @Override
    public ApplicationStatus failure() {
        return null;
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Set<String> former = new LinkedHashSet<>();
        gse.work().memory().get(ReceiversStep.RECEIVERS).fieldNames().forEachRemaining(former::add);
        for (ReceiverSpec spec : gse.work().application().receivers()) {
            former.remove(spec.name());
        }
        List<Change> changes = new ArrayList<>();
        for (String name : former) {
            changes.add(
                    new Change(
                            Action.DELETE,
                            "receiver " + name,
                            Differences.one("receiver", name, "none"),
                            "",
                            () -> delete(name)));
        }
        return changes;
    }

    private void delete(String name) throws IOException, InterruptedException {
        long id = gse.work().memory().get(ReceiversStep.RECEIVERS, name).asLong();
        if (!gse.gse().receivers(id).isEmpty()) {
            gse.gse().deleteReceiver(id);
        }
        gse.work().memory().forget(ReceiversStep.RECEIVERS, name);
        gse.work().forget("receiver " + name);
    }
}
