package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.change.Comparison;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.platform.DataPlatform;
import io.tailrace.jobs.control.platform.Flows;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.ControlSpec;
import io.tailrace.jobs.control.state.ControlState.Memory;
import io.tailrace.jobs.control.state.Fingerprints;
import io.tailrace.jobs.http.Waiting;

import java.io.IOException;
import java.util.List;

/** What the steps of one application work with, and what they have found so far. */
public final class Work {

    private static final String SENT = "sent";
    private static final String SHOWN = "shown";

    private final ControlSpec spec;
    private final ApplicationSpec application;
    private final DataPlatform platform;
    private final Memory memory;
    private final Fingerprints fingerprints;
    private final Waiting waiting;

    private Long rawDataId;
    private boolean cleaningChanges;

    public Work(
            ControlSpec spec,
            ApplicationSpec application,
            DataPlatform platform,
            Memory memory,
            Fingerprints fingerprints,
            Waiting waiting) {
        this.spec = spec;
        this.application = application;
        this.platform = platform;
        this.memory = memory;
        this.fingerprints = fingerprints;
        this.waiting = waiting;
    }

    public ControlSpec spec() {
        return spec;
    }

    public ApplicationSpec application() {
        return application;
    }

    public DataPlatform platform() {
        return platform;
    }

    public Flows flows() {
        return new Flows(platform);
    }

    public Memory memory() {
        return memory;
    }

    public Waiting waiting() {
        return waiting;
    }

    /** Whether the cleaning was found to be another one than it should be, and runs as it was. */
    boolean cleaningChanges() {
        return cleaningChanges;
    }

    void cleaningChanges(boolean changes) {
        cleaningChanges = changes;
    }

    /** Null where the source is not there yet. */
    public Long rawDataId() {
        return rawDataId;
    }

    public void rawDataId(long found) throws IOException {
        rawDataId = found;
        if (memory.get("raw_data_id").asLong() != found) {
            memory.put(found, "raw_data_id");
        }
    }

    /** All fields of something that is to be made, without its secrets. */
    public List<Difference> allOf(JsonNode wanted) {
        return Comparison.allOf(fingerprints.of(wanted));
    }

    /** Whether it is known what an object was last sent. */
    public boolean knowsWhatWasSent(String object) {
        return !memory.get(SENT, object).isMissingNode();
    }

    /** What differs in something that the service does not show. */
    public List<Difference> unseen(String object, JsonNode wanted) {
        return Comparison.ofUnseen(memory.get(SENT, object)).differences(fingerprints.of(wanted));
    }

    /**
     * What differs in something that the service shows, as far as it does.
     *
     * @param trusting whether what it neither shows nor is known to have been sent is as wanted
     */
    public List<Difference> differences(
            String object, JsonNode wanted, JsonNode shown, boolean trusting) {
        return new Comparison(
                        fingerprints.of(shown),
                        memory.get(SENT, object),
                        memory.get(SHOWN, object),
                        trusting)
                .differences(fingerprints.of(wanted));
    }

    /** Remembers that something was sent. */
    public void sent(String object, JsonNode body) throws IOException {
        memory.forget(SHOWN, object);
        memory.put(fingerprints.of(body), SENT, object);
    }

    /** Remembers how the service shows what it was sent. */
    public void shown(String object, JsonNode shown) throws IOException {
        memory.put(fingerprints.of(shown), SHOWN, object);
    }

    public void forget(String object) throws IOException {
        memory.forget(SENT, object);
        memory.forget(SHOWN, object);
    }
}
