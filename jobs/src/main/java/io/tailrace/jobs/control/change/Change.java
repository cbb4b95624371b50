package io.tailrace.jobs.control.change;

import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.List;

/**
 * What is to be done so that something is as the spec says.
 *
 * @param object what it is about, such as {@code node bkapm_metrics_2_shop}
 * @param differences field by field; empty where it follows from another change
 * @param note what there is to say beside; empty for nothing
 * @param bringing does it, and remembers it
 */
public record Change(
        Action action,
        String object,
        List<Difference> differences,
        String note,
        Bringing bringing) {

    /** Writes. */
    @FunctionalInterface
    public interface Bringing {
        /**
         * @throws CallException where the service does not do it
         * @throws IOException where it cannot be remembered
         */
        void bring() throws IOException, InterruptedException;
    }

    /** Whether it only follows from another one. */
    public boolean isConsequence() {
        return differences.isEmpty();
    }
}
