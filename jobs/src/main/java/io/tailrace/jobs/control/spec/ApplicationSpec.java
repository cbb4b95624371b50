package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.ValueCheck;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An application, and all that is registered for it. */
public record ApplicationSpec(
        @Setting(
                        value = "Its name, which is part of the names of what is registered",
                        check = ApplicationSpec.NameCheck.class)
                String name,
        @Setting("The business that it belongs to") long bizId,
        @Setting(value = "The project that its flows belong to", least = 1) long projectId,
        @Setting("Where its data comes from") SourceSpec source,
        @Setting(value = "How a table is made of the data", defaultsTo = "{}")
                CleaningSettings cleaning,
        @Setting(value = "What is computed of the table", optional = true, distinct = "name")
                List<FlowSpec> flows,
        @Setting(value = "Where GSE sends data to", optional = true, distinct = "name")
                List<ReceiverSpec> receivers,
        @Setting(
                        value = "Which of its data GSE sends to which receiver",
                        optional = true,
                        distinct = "name")
                List<RouteSpec> routes,
        @Setting(value = "Filters that routes name", optional = true, distinct = "name")
                List<FilterSpec> filters)
        implements Checked {

    /** What an application may be called. */
    public static final class NameCheck implements ValueCheck<String> {
        @Override
        public void check(String name, Problems problems) {
            if (!name.matches("[A-Za-z][A-Za-z0-9_.-]{0,49}")) {
                problems.expected(
                        "",
                        "at most 50 letters, digits, dots, dashes and underscores, beginning with a"
                                + " letter");
            }
        }
    }

    /** Tells it from all others. */
    public String key() {
        return bizId + "/" + name;
    }

    /** The name of its source with the platform, unique in the business. */
    public String rawDataName() {
        if (source.rawDataName() != null) {
            return source.rawDataName();
        }
        boolean onlyMetrics =
                !flows.isEmpty()
                        && flows.stream()
                                .allMatch(each -> each.template() instanceof VirtualMetrics);
        return Names.fitting(
                onlyMetrics ? "bkapm_virtual_metric_" + name : "bkapm_trace_" + bizId + '_' + name);
    }

    /** The name of the table that the cleaning makes, without the business. */
    public String resultTableName() {
        return cleaning.resultTableName() == null ? rawDataName() : cleaning.resultTableName();
    }

    public String resultTableId() {
        return bizId + "_" + resultTableName();
    }

    public boolean usesGse() {
        return !receivers.isEmpty() || !routes.isEmpty();
    }

    @Override
    public void check(Problems problems) {
        Set<String> receiverNames = new HashSet<>();
        receivers.forEach(each -> receiverNames.add(each.name()));
        Set<String> filterNames = new HashSet<>();
        filters.forEach(each -> filterNames.add(each.name()));
        for (int i = 0; i < routes.size(); i++) {
            RouteSpec route = routes.get(i);
            String path = "routes[%d].".formatted(i);
            if (!receiverNames.contains(route.receiver())) {
                problems.expected(path + "receiver", "the name of a receiver of this application");
            } else {
                ReceiverSpec to =
                        receivers.stream()
                                .filter(each -> each.name().equals(route.receiver()))
                                .findFirst()
                                .orElseThrow();
                route.checkAgainst(to, path, problems);
            }
            known(route.filterNameAnd(), filterNames, path + "filter_name_and", problems);
            known(route.filterNameOr(), filterNames, path + "filter_name_or", problems);
        }
    }

    private static void known(
            List<String> names, Set<String> known, String path, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            if (!known.contains(names.get(i))) {
                problems.expected(
                        path + "[%d]".formatted(i), "the name of a filter of this application");
            }
        }
    }
}
