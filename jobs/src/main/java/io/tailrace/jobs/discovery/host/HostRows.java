package io.tailrace.jobs.discovery.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hosts as a list has them. Two businesses may have one ip. */
final class HostRows {

    private final Map<String, List<Row>> byIp = new HashMap<>();

    /** One of an ip. */
    private record Row(Long bizId, HostEntry entry) {}

    /**
     * @param bizId null where the host is of no business in particular
     */
    void add(String ip, Long bizId, HostEntry entry) {
        byIp.computeIfAbsent(ip, any -> new ArrayList<>(1)).add(new Row(bizId, entry));
    }

    /** That of the business, else one of no business in particular, else null. */
    HostEntry find(HostAddress address) {
        HostEntry found = null;
        for (Row row : byIp.getOrDefault(address.ip(), List.of())) {
            if (row.bizId() == null) {
                found = found == null ? row.entry() : found;
            } else if (row.bizId() == address.bizId()) {
                return row.entry();
            }
        }
        return found;
    }

    int size() {
        return byIp.values().stream().mapToInt(List::size).sum();
    }
}
