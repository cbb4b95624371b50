package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The components of a Collector's configuration, and the pipelines that join them. */
final class CollectorFile {

    /**
     * A pipeline.
     *
     * @param id such as {@code traces/sampled}
     */
    record Pipeline(
            String id,
            Node node,
            List<String> receivers,
            List<String> processors,
            List<String> exporters) {

        boolean isOf(String signal) {
            return type(id).equals(signal);
        }
    }

    private final Node.Mapping root;
    private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();

    /**
     * @throws WrongConfiguration where this is no configuration of a Collector
     */
    CollectorFile(Node root) throws WrongConfiguration {
        if (!(root instanceof Node.Mapping mapping)) {
            throw new WrongConfiguration(
                    root, "", "is no configuration of a Collector: it is no object with keys");
        }
        this.root = mapping;
        List<String> kinds = List.of("receivers", "processors", "exporters", "connectors");
        if (kinds.stream().noneMatch(mapping.entries()::containsKey)) {
            throw new WrongConfiguration(
                    root,
                    "",
                    "is no configuration of a Collector: it has none of "
                            + String.join(", ", kinds));
        }
        for (String kind : kinds) {
            Node.Entry entry = mapping.entries().get(kind);
            if (entry != null && !entry.value().isAbsent() && !isObject(entry)) {
                throw new WrongConfiguration(
                        entry.value(), kind, "is no object with a key for each component");
            }
        }
        object(object(root, "service"), "pipelines")
                .entries()
                .forEach((id, entry) -> pipelines.put(id, pipeline(id, entry.value())));
    }

    private static boolean isObject(Node.Entry entry) {
        return entry.value() instanceof Node.Mapping;
    }

    /** The part of an id before the slash, under the name that it had longest. */
    static String type(String id) {
        String type = id.split("/", 2)[0];
        return switch (type) {
            case "span_metrics" -> "spanmetrics";
            case "service_graph" -> "servicegraph";
            case "load_balancing" -> "loadbalancing";
            case "prometheus_remote_write" -> "prometheusremotewrite";
            default -> type;
        };
    }

    private static Pipeline pipeline(String id, Node node) {
        return new Pipeline(
                id,
                node,
                texts(node, "receivers"),
                texts(node, "processors"),
                texts(node, "exporters"));
    }

    /** An object, empty where there is none. */
    static Node.Mapping object(Node around, String key) {
        if (around instanceof Node.Mapping mapping
                && mapping.entries().get(key) != null
                && mapping.entries().get(key).value() instanceof Node.Mapping object) {
            return object;
        }
        return new Node.Mapping(Map.of(), around.location());
    }

    static List<String> texts(Node around, String key) {
        Node.Entry entry =
                around instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
        return entry == null ? List.of() : texts(entry.value());
    }

    /** The texts of a list; a single one counts as a list of one. */
    static List<String> texts(Node node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            sequence.elements().forEach(element -> texts.addAll(texts(element)));
        } else if (node instanceof Node.Scalar scalar && !scalar.absent()) {
            texts.add(scalar.text());
        }
        return texts;
    }

    Node.Mapping root() {
        return root;
    }

    List<Pipeline> pipelines(String signal) {
        return pipelines.values().stream().filter(pipeline -> pipeline.isOf(signal)).toList();
    }

    List<Pipeline> pipelines() {
        return List.copyOf(pipelines.values());
    }

    /** The ids of the components of a type, in the order of the file. */
    List<String> ids(String kind, String type) {
        return object(root, kind).entries().keySet().stream()
                .filter(id -> type(id).equals(type))
                .toList();
    }

    boolean has(String kind, String id) {
        return object(root, kind).entries().containsKey(id);
    }

    /** Where a component is written. */
    Node component(String kind, String id) {
        Node.Mapping all = object(root, kind);
        Node.Entry entry = all.entries().get(id);
        return entry == null ? all : new Node.Scalar(id, true, false, entry.location());
    }

    Section section(String kind, String id, Notes notes, Map<String, String> environment) {
        return new Section(object(object(root, kind), id), kind + "." + id, notes, environment);
    }

    /** What feeds these pipelines, looking through connectors that only hand on. */
    Set<String> receiversOf(List<Pipeline> fed) {
        Set<String> receivers = new LinkedHashSet<>();
        List<Pipeline> open = new ArrayList<>(fed);
        Set<Pipeline> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Pipeline next = open.remove(0);
            if (!seen.add(next)) {
                continue;
            }
            for (String id : next.receivers()) {
                if (has("connectors", id)) {
                    pipelines("traces").stream()
                            .filter(each -> each.exporters().contains(id))
                            .forEach(open::add);
                } else {
                    receivers.add(id);
                }
            }
        }
        return receivers;
    }
}
