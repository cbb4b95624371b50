package io.tailrace.plain.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules, names and keys of a span as one would tell them from a list on paper. */
final class PlainNodes {

    /**
     * Category, kind, and the attribute's names; an R before them means the resource, S the span.
     */
    private final List<List<String>> rules = new ArrayList<>();

    private final List<List<String>> templates = new ArrayList<>();

    void rule(String category, String kind, String where, String... names) {
        List<String> rule = new ArrayList<>(List.of(category, kind, where));
        rule.addAll(List.of(names));
        rules.add(rule);
    }

    void template(String regularExpression, String replacement) {
        templates.add(List.of(regularExpression, replacement));
    }

    private List<List<String>> all() {
        List<List<String>> all = new ArrayList<>(rules);
        all.add(List.of("db", "component", "S", "db.system", "db.system.name"));
        all.add(List.of("messaging", "component", "S", "messaging.system"));
        all.add(
                List.of(
                        "async_backend",
                        "service",
                        "S",
                        "messaging.destination",
                        "messaging.destination.name"));
        all.add(List.of("rpc", "service", "S", "trpc.namespace"));
        all.add(List.of("rpc", "service", "S", "rpc.system"));
        all.add(List.of("http", "service", "S", "http.method", "http.request.method"));
        all.add(List.of("other", "service", ""));
        return all;
    }

    int rank(SeenSpan span) {
        List<List<String>> all = all();
        for (int i = 0; i < all.size(); i++) {
            String[] names = names(all.get(i));
            String where = all.get(i).get(2);
            if (where.isEmpty()
                    || where.contains("S") && SeenSpan.has(span.attributes(), names)
                    || where.contains("R") && SeenSpan.has(span.resource(), names)) {
                return i;
            }
        }
        throw new AssertionError("The last rule is for all");
    }

    private static String[] names(List<String> rule) {
        return rule.subList(3, rule.size()).toArray(String[]::new);
    }

    String predicate(SeenSpan span) {
        List<String> rule = all().get(rank(span));
        String text = rule.get(2).contains("S") ? span.ofSpan(names(rule)) : "";
        return text.isEmpty() && rule.get(2).contains("R") ? span.ofResource(names(rule)) : text;
    }

    String category(SeenSpan span) {
        return all().get(rank(span)).get(0);
    }

    boolean isComponent(SeenSpan span) {
        return all().get(rank(span)).get(1).equals("component");
    }

    int serviceRank(SeenSpan span) {
        return isComponent(span) ? all().size() - 1 : rank(span);
    }

    String serviceCategory(SeenSpan span) {
        return isComponent(span) ? "other" : category(span);
    }

    String servicePredicate(SeenSpan span) {
        return isComponent(span) ? "" : predicate(span);
    }

    /** Of the component; empty where there is none. */
    String system(SeenSpan span) {
        if (!isComponent(span)) {
            return "";
        }
        String named = span.ofSpan("db.system", "db.system.name", "messaging.system");
        return named.isEmpty() ? predicate(span) : named;
    }

    /** Empty where there is none, as the others. */
    String componentKey(SeenSpan span) {
        return system(span).isEmpty() ? "" : span.service() + "-" + system(span);
    }

    String brokerKey(SeenSpan span) {
        boolean messages = span.kind() == 4 || span.kind() == 5;
        boolean database = SeenSpan.has(span.attributes(), "db.system", "db.system.name");
        boolean messaging = SeenSpan.has(span.attributes(), "messaging.system");
        return messages && messaging && !database ? componentKey(span) : "";
    }

    String remoteKey(SeenSpan span) {
        String peer = span.ofSpan("peer.service");
        return peer.isEmpty() ? "" : category(span) + ":" + peer;
    }

    String name(SeenSpan span) {
        String name = span.span().getName();
        for (List<String> template : templates) {
            name = Pattern.compile(template.get(0)).matcher(name).replaceAll(template.get(1));
        }
        return span.cut(name);
    }
}
