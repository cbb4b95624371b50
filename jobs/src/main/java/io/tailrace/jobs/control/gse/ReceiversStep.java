package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.spec.ReceiverSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GSE knows the receivers. */
public final class ReceiversStep implements Step {

    static final String RECEIVERS = "receivers";

    private final GseWork gse;

    public ReceiversStep(GseWork gse) {
        this.gse = gse;
    }

    @Override
    public String name() {
        return "receivers";
    }

    @Override
    public ApplicationStatus failure() {
        return null;
    }

    private static String object(ReceiverSpec spec) {
        return "receiver " + spec.name();
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        List<Change> changes = new ArrayList<>();
        for (ReceiverSpec spec : gse.work().application().receivers()) {
            ObjectNode wanted = StreamTo.receiver(spec);
            Optional<JsonNode> found = find(spec.name());
            if (found.isEmpty()) {
                changes.add(
                        new Change(
                                Action.CREATE,
                                object(spec),
                                gse.work().allOf(wanted),
                                "",
                                () -> create(spec, wanted)));
                continue;
            }
            long id = id(found.get());
            remember(spec, id);
            ObjectNode before = (ObjectNode) found.get().path("stream_to");
            List<Difference> differences =
                    gse.work().differences(object(spec), wanted, before, true);
            if (!differences.isEmpty()) {
                changes.add(
                        new Change(
                                Action.UPDATE,
                                object(spec),
                                differences,
                                "id " + id,
                                () -> update(spec, id, before, wanted)));
            }
        }
        return changes;
    }

    @Override
    public String state() {
        return String.join(", ", gse.receiverIds().keySet());
    }

    private static long id(JsonNode found) {
        return found.path("metadata").path("stream_to_id").asLong();
    }

    /** By the id that is remembered, else by name among all, else among those of the routes. */
    private Optional<JsonNode> find(String name) throws CallException, InterruptedException {
        long remembered = gse.work().memory().get(RECEIVERS, name).asLong();
        if (remembered != 0) {
            Optional<JsonNode> found = named(name, gse.gse().receivers(remembered));
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<JsonNode> found = listed(name);
        return found.isPresent() ? found : ofRoutes(name);
    }

    private Optional<JsonNode> listed(String name) throws CallException, InterruptedException {
        try {
            return named(name, gse.gse().receivers(null));
        } catch (CallException failure) {
            if (failure.fault() != Fault.REFUSED) {
                throw failure;
            }
            // Some sites ask for an id.
            return ofRoutes(name);
        }
    }

    private Optional<JsonNode> ofRoutes(String name) throws CallException, InterruptedException {
        if (gse.work().rawDataId() == null) {
            return Optional.empty();
        }
        for (JsonNode channel : gse.gse().channels(gse.work().rawDataId())) {
            for (JsonNode route : channel.path("route")) {
                long id = route.path("stream_to").path("stream_to_id").asLong();
                if (id != 0) {
                    Optional<JsonNode> found = named(name, gse.gse().receivers(id));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> named(String name, List<JsonNode> receivers) {
        return receivers.stream()
                .filter(each -> each.path("stream_to").path("name").asText().equals(name))
                .filter(each -> id(each) != 0)
                .findFirst();
    }

    private void remember(ReceiverSpec spec, long id) throws IOException {
        gse.receiverIds().put(spec.name(), id);
        if (gse.work().memory().get(RECEIVERS, spec.name()).asLong() != id) {
            gse.work().memory().put(id, RECEIVERS, spec.name());
        }
    }

    private void create(ReceiverSpec spec, ObjectNode wanted)
            throws IOException, InterruptedException {
        long id =
                gse.gse()
                        .makeOnce(
                                () -> listed(spec.name()).map(ReceiversStep::id),
                                () -> gse.gse().addReceiver(gse.label(), wanted));
        remember(spec, id);
        gse.work().sent(object(spec), wanted);
    }

    private void update(ReceiverSpec spec, long id, ObjectNode before, ObjectNode wanted)
            throws IOException, InterruptedException {
        gse.update(
                object(spec),
                before,
                wanted,
                () ->
                        gse.gse().receivers(id).stream()
                                .map(each -> (ObjectNode) each.path("stream_to"))
                                .findFirst()
                                .orElseGet(Gse::object),
                version -> gse.gse().updateReceiver(id, Masks.lifted(version, wanted)));
        gse.work().sent(object(spec), wanted);
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        for (ReceiverSpec spec : gse.work().application().receivers()) {
            Optional<JsonNode> found = find(spec.name());
            if (found.isPresent()) {
                gse.work().shown(object(spec), found.get().path("stream_to"));
            }
        }
    }
}
