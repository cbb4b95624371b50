package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.FilterSpec;
import io.tailrace.jobs.control.spec.ReceiverSpec;
import io.tailrace.jobs.control.spec.RouteSpec;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes an application's routes and receivers out of GSE, and lets those of others alone. */
public final class Unregistering {

    private final GseWork gse;

    public Unregistering(GseWork gse) {
        this.gse = gse;
    }

    /**
     * @param channelId the data id
     * @return the names of those that were there
     */
    public Set<String> routes(long channelId) throws IOException, InterruptedException {
        ApplicationSpec application = gse.work().application();
        Channel shown = Channel.of(gse.gse().channels(channelId));
        Set<String> routes =
                names(
                        RoutesStep.ROUTES,
                        application.routes().stream().map(RouteSpec::name).toList());
        Set<String> filters =
                names(
                        RoutesStep.FILTERS,
                        application.filters().stream().map(FilterSpec::name).toList());
        routes.retainAll(shown.routes().keySet());
        filters.retainAll(shown.filters().keySet());
        if (!routes.isEmpty() || !filters.isEmpty()) {
            boolean all = shown.without(routes, filters).isEmpty();
            gse.gse()
                    .deleteRoutes(
                            channelId, gse.label(), all, List.copyOf(routes), List.copyOf(filters));
        }
        return routes;
    }

    private Set<String> names(String kind, List<String> inSpec) {
        Set<String> names = new LinkedHashSet<>(inSpec);
        gse.work().memory().get(kind).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * Once no route of the application's needs them.
     *
     * @return the names of those that were there
     */
    public Set<String> receivers() throws IOException, InterruptedException {
        Set<String> names =
                names(
                        ReceiversStep.RECEIVERS,
                        gse.work().application().receivers().stream()
                                .map(ReceiverSpec::name)
                                .toList());
        Map<String, Long> there = new LinkedHashMap<>();
        for (String name : names) {
            long id = gse.work().memory().get(ReceiversStep.RECEIVERS, name).asLong();
            if (id != 0 && !gse.gse().receivers(id).isEmpty()) {
                there.put(name, id);
            }
        }
        if (there.size() < names.size()) {
            addByName(names, there);
        }
        for (Map.Entry<String, Long> each : there.entrySet()) {
            gse.gse().deleteReceiver(each.getValue());
            gse.work().memory().forget(ReceiversStep.RECEIVERS, each.getKey());
        }
        return there.keySet();
    }

    /** Those whose ids are forgotten, where GSE lists receivers. */
    private void addByName(Set<String> names, Map<String, Long> there)
            throws CallException, InterruptedException {
        try {
            for (JsonNode each : gse.gse().receivers(null)) {
                String name = each.path("stream_to").path("name").asText();
                if (names.contains(name)) {
                    there.put(name, each.path("metadata").path("stream_to_id").asLong());
                }
            }
        } catch (CallException failure) {
            if (failure.fault() != Fault.REFUSED) {
                throw failure;
            }
        }
    }
}
