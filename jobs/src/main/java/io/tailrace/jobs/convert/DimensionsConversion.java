package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.operators.metrics.DimensionSettings;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes dimensions of those of a connector spanmetrics. */
final class DimensionsConversion {

    private static final List<String> OWN =
            List.of("service.name", "span.name", "span.kind", "status.code");

    private final Notes notes;

    DimensionsConversion(Notes notes) {
        this.notes = notes;
    }

    /** Those of series; none where they are what the naming has by itself. */
    void ofSeries(Section from, Written.Block into) {
        Set<String> excluded =
                new HashSet<>(CollectorFile.texts(from.node(), "exclude_dimensions"));
        Written.Items dimensions = new Written.Items();
        OWN.stream().filter(own -> !excluded.contains(own)).forEach(own -> add(own, dimensions));
        if (OWN.stream().anyMatch(excluded::contains)) {
            from.changed("exclude_dimensions", "dimensions names those that remain");
        } else {
            from.left("exclude_dimensions", "series have none of these by themselves");
        }
        addNamed(from, "dimensions", dimensions);
        if (!dimensions.equals(usual())) {
            into.put("dimensions", dimensions);
        }
    }

    /** Those that events have beside their spans'. */
    void ofEvents(Section from, Written.Block into) {
        Written.Items dimensions = new Written.Items();
        addNamed(from, "dimensions", dimensions);
        if (dimensions.hasValues()) {
            into.put("dimensions", dimensions);
        }
    }

    private static Written.Items usual() {
        Written.Items usual = new Written.Items();
        OWN.forEach(own -> add(own, usual));
        return usual;
    }

    private static void add(String attribute, Written.Items into) {
        into.add(new Written.Block().put("attribute", attribute));
    }

    /** As the connector names them. */
    private void addNamed(Section from, String key, Written.Items into) {
        Set<String> there = new HashSet<>(OWN);
        Node list = from.take(key);
        List<Node> elements =
                list == null
                        ? List.of()
                        : list instanceof Node.Sequence sequence
                                ? sequence.elements()
                                : List.of(list);
        for (int i = 0; i < elements.size(); i++) {
            add(elements.get(i), from.path(key) + "[" + i + "]", there, into);
        }
    }

    private void add(Node element, String path, Set<String> there, Written.Items into) {
        Node.Mapping mapping =
                element instanceof Node.Mapping given
                        ? given
                        : new Node.Mapping(Map.of(), element.location());
        Section from = new Section(mapping, path, notes, Map.of());
        String name = from.text("name");
        if (name == null || name.isEmpty()) {
            from.take("glob");
            notes.left(
                    element, path, "each attribute is to be named; there are no patterns of names");
        } else if (!there.add(name)) {
            notes.left(element, path, "series have " + name + " already");
        } else {
            Written.Block dimension = new Written.Block().put("attribute", name);
            if ("".equals(from.text("default"))) {
                notes.changed(element, path, "an empty default is none: the label is left out");
            } else {
                from.carry("default", DimensionSettings.class, "default", dimension);
            }
            notes.carried(element, path);
            into.add(dimension);
        }
        from.rest("a dimension");
    }
}
