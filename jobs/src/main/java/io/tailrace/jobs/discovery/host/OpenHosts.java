package io.tailrace.jobs.discovery.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of hosts of which more may become known soon. */
final class OpenHosts {

    private final int most;
    private final Map<HostAddress, Map<ToldHost.Row, ToldHost>> byHost = new HashMap<>();
    private int size;

    /**
     * @param most rows; others are not kept, and wait until they are written again
     */
    OpenHosts(int most) {
        this.most = most;
    }

    void keep(HostAddress host, ToldHost told) {
        Map<ToldHost.Row, ToldHost> rows = byHost.get(host);
        boolean isThere = rows != null && rows.containsKey(told.row());
        if (isThere || size < most) {
            size += isThere ? 0 : 1;
            byHost.computeIfAbsent(host, any -> new HashMap<>(2)).put(told.row(), told);
        }
    }

    void forget(HostAddress host, ToldHost.Row row) {
        Map<ToldHost.Row, ToldHost> rows = byHost.get(host);
        if (rows != null && rows.remove(row) != null) {
            size--;
            if (rows.isEmpty()) {
                byHost.remove(host);
            }
        }
    }

    List<ToldHost> of(HostAddress host) {
        return List.copyOf(byHost.getOrDefault(host, Map.of()).values());
    }

    List<HostAddress> all() {
        return List.copyOf(byHost.keySet());
    }
}
