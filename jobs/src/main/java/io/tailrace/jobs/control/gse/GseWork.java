package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.report.Events;
import io.tailrace.jobs.control.step.Work;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the steps about GSE of one application work with, and what they have found so far. */
public final class GseWork {

    private final Work work;
    private final Gse gse;
    private final Events events;
    private final Map<String, Long> receiverIds = new LinkedHashMap<>();

    public GseWork(Work work, Gse gse, Events events) {
        this.work = work;
        this.gse = gse;
        this.events = events;
    }

    Work work() {
        return work;
    }

    Gse gse() {
        return gse;
    }

    /** The ids of receivers, by name. */
    Map<String, Long> receiverIds() {
        return receiverIds;
    }

    /** By which people find what is registered. */
    ObjectNode label() {
        return Gse.object()
                .put("odm", "tailrace")
                .put("bk_biz_id", work.application().bizId())
                .put("app_name", work.application().name());
    }

    /** Reads the version that is in place, or writes one. */
    interface Version<T> {
        T is() throws CallException, InterruptedException;
    }

    /** Writes a version. */
    interface Writing<T> {
        void write(T version) throws CallException, InterruptedException;
    }

    /**
     * Updates something; where that fails, the version before is put back, unless it still is in
     * place, and an event says so.
     */
    <T> void update(String what, T before, T wanted, Version<T> reading, Writing<T> writing)
            throws IOException, InterruptedException {
        try {
            writing.write(wanted);
        } catch (CallException failure) {
            String outcome = rollBack(before, reading, writing);
            String words = "the update of the %s failed; %s".formatted(what, outcome);
            work.memory().log(words + ": " + failure.getMessage());
            events.raise(
                    "tailrace_gse_rolled_back",
                    words + ": " + failure.getMessage(),
                    Map.of("application", work.application().key(), "object", what));
            throw failure.in(words);
        }
    }

    private static <T> String rollBack(T before, Version<T> reading, Writing<T> writing)
            throws InterruptedException {
        try {
            if (reading.is().equals(before)) {
                return "the version before it is still in place";
            }
            writing.write(before);
            return reading.is().equals(before)
                    ? "rolled back to the version before it"
                    : "it was rolled back, but GSE does not show the version before it";
        } catch (CallException failure) {
            return "the roll back failed too (" + failure.getMessage() + ')';
        }
    }
}
