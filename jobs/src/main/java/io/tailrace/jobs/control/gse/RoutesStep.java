package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.FilterSpec;
import io.tailrace.jobs.control.spec.ReceiverSpec;
import io.tailrace.jobs.control.spec.RouteSpec;
import io.tailrace.jobs.control.state.ApplicationStatus;
import io.tailrace.jobs.control.step.Step;
import io.tailrace.jobs.http.CallException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GSE sends the application's data to the receivers. A data id may have routes of others, which are
 * let alone; those that this program made and the spec has no more are deleted.
 */
public final class RoutesStep implements Step {

    static final String ROUTES = "routes";
    static final String FILTERS = "filters";
    private static final String OBJECT = "routes";

    private final GseWork gse;
    private String state = "";

    public RoutesStep(GseWork gse) {
        this.gse = gse;
    }

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public ApplicationStatus failure() {
        return null;
    }

    /** Receivers that are not there yet have no ids in it. */
    private Channel wanted() {
        ApplicationSpec application = gse.work().application();
        Channel wanted = new Channel(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (RouteSpec route : application.routes()) {
            ReceiverSpec to =
                    application.receivers().stream()
                            .filter(each -> each.name().equals(route.receiver()))
                            .findFirst()
                            .orElseThrow();
            Long id = gse.receiverIds().get(to.name());
            wanted.routes()
                    .put(
                            route.name(),
                            StreamTo.route(route, to.receiver(), id, application.bizId()));
        }
        for (FilterSpec filter : application.filters()) {
            wanted.filters().put(filter.name(), StreamTo.filter(filter));
        }
        return wanted;
    }

    private Channel shown() throws CallException, InterruptedException {
        Long channel = gse.work().rawDataId();
        return Channel.of(channel == null ? List.of() : gse.gse().channels(channel));
    }

    @Override
    public List<Change> look() throws IOException, InterruptedException {
        Channel shown = shown();
        state = String.join(", ", shown.routes().keySet());
        Channel wanted = wanted();
        String object = "routes of " + gse.work().application().rawDataName();
        if (shown.isEmpty()) {
            return wanted.routes().isEmpty()
                    ? List.of()
                    : List.of(
                            new Change(
                                    Action.CREATE,
                                    object,
                                    gse.work().allOf(wanted.byName()),
                                    "",
                                    this::create));
        }
        Set<String> oldRoutes = gone(ROUTES, wanted.routes().keySet(), shown.routes().keySet());
        Set<String> oldFilters = gone(FILTERS, wanted.filters().keySet(), shown.filters().keySet());
        ObjectNode compared = shown.byName();
        List<Difference> differences =
                new ArrayList<>(gse.work().differences(OBJECT, wanted.byName(), compared, true));
        differences.removeIf(each -> each.wanted().isMissingNode());
        List<Change> changes = new ArrayList<>();
        if (!differences.isEmpty()) {
            changes.add(new Change(Action.UPDATE, object, differences, "", () -> update(shown)));
        }
        if (!oldRoutes.isEmpty() || !oldFilters.isEmpty()) {
            changes.add(
                    new Change(
                            Action.DELETE,
                            object,
                            removed(shown, oldRoutes, oldFilters),
                            "",
                            () -> delete(shown, oldRoutes, oldFilters)));
        }
        return changes;
    }

    @Override
    public String state() {
        return state;
    }

    private static List<Difference> removed(
            Channel shown, Set<String> routes, Set<String> filters) {
        List<Difference> removed = new ArrayList<>();
        JsonNode none = MissingNode.getInstance();
        routes.forEach(
                each ->
                        removed.add(
                                new Difference("route." + each, shown.routes().get(each), none)));
        filters.forEach(
                each ->
                        removed.add(
                                new Difference(
                                        "stream_filters." + each,
                                        shown.filters().get(each),
                                        none)));
        return removed;
    }

    /** Names that this program made, which are there and not wanted any more. */
    private Set<String> gone(String kind, Set<String> wanted, Set<String> there) {
        Set<String> gone = new LinkedHashSet<>();
        gse.work().memory().get(kind).fieldNames().forEachRemaining(gone::add);
        gone.removeAll(wanted);
        gone.retainAll(there);
        return gone;
    }

    private void create() throws IOException, InterruptedException {
        Channel wanted = wanted();
        remember(wanted);
        gse.gse()
                .makeOnce(
                        () -> Optional.of(shown()).filter(each -> !each.isEmpty()),
                        () -> {
                            gse.gse()
                                    .addRoutes(
                                            gse.work().rawDataId(),
                                            gse.label(),
                                            wanted.routeList(),
                                            wanted.filterList());
                            return wanted;
                        });
        gse.work().sent(OBJECT, wanted.byName());
    }

    private void update(Channel before) throws IOException, InterruptedException {
        Channel wanted = wanted();
        remember(wanted);
        gse.update(
                "routes of data id " + gse.work().rawDataId(),
                before,
                before.with(wanted),
                this::shown,
                version ->
                        gse.gse()
                                .updateRoutes(
                                        gse.work().rawDataId(),
                                        gse.label(),
                                        version.routeList(),
                                        version.filterList()));
        gse.work().sent(OBJECT, wanted.byName());
    }

    /** Before they are made, so that none is made and forgotten. */
    private void remember(Channel wanted) throws IOException {
        for (String route : wanted.routes().keySet()) {
            gse.work().memory().put(gse.work().rawDataId(), ROUTES, route);
        }
        for (String filter : wanted.filters().keySet()) {
            gse.work().memory().put(gse.work().rawDataId(), FILTERS, filter);
        }
    }

    private void delete(Channel shown, Set<String> routes, Set<String> filters)
            throws IOException, InterruptedException {
        Channel rest = shown.without(routes, filters);
        boolean all = rest.routes().isEmpty() && gse.work().application().routes().isEmpty();
        gse.gse()
                .deleteRoutes(
                        gse.work().rawDataId(),
                        gse.label(),
                        all,
                        List.copyOf(routes),
                        List.copyOf(filters));
        for (String each : routes) {
            gse.work().memory().forget(ROUTES, each);
        }
        for (String each : filters) {
            gse.work().memory().forget(FILTERS, each);
        }
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        gse.work().shown(OBJECT, shown().byName());
    }
}
