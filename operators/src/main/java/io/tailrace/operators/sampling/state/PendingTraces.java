package io.tailrace.operators.sampling.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has been listed since state was last written, by key group and slice. */
final class PendingTraces {

    private final long writer;
    private final List<Map<Long, ExpiringTraces>> byGroup = new ArrayList<>();

    /**
     * @param writer the number of this run
     * @param groups how many key groups there are
     */
    PendingTraces(long writer, int groups) {
        this.writer = writer;
        for (int i = 0; i < groups; i++) {
            byGroup.add(new HashMap<>());
        }
    }

    /** Those of a slice and group, an empty one to be filled where there are none. */
    ExpiringTraces of(int group, long slice) {
        return byGroup.get(group).computeIfAbsent(slice, none -> ExpiringTraces.empty(writer));
    }

    /** Takes away those of a slice and group, where there are any. */
    ExpiringTraces remove(int group, long slice) {
        ExpiringTraces pending = byGroup.get(group).remove(slice);
        return pending == null ? ExpiringTraces.empty(writer) : pending;
    }

    /** Hands all of them on, and is empty then. */
    void drain(Consumer consumer) throws Exception {
        for (int group = 0; group < byGroup.size(); group++) {
            Map<Long, ExpiringTraces> slices = byGroup.get(group);
            for (Map.Entry<Long, ExpiringTraces> slice : slices.entrySet()) {
                consumer.accept(group, slice.getKey(), slice.getValue());
            }
            slices.clear();
        }
    }

    interface Consumer {
        void accept(int group, long slice, ExpiringTraces traces) throws Exception;
    }
}
