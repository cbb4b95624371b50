package io.tailrace.jobs.convert;

import io.tailrace.jobs.convert.CollectorFile.Pipeline;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which components of a configuration are to be carried over: those that are asked for, else those
 * that a pipeline of traces uses, of which there may be one of a type.
 *
 * @param asked ids such as {@code tail_sampling/errors}
 */
record Choice(CollectorFile file, Set<String> asked, Notes notes) {

    /**
     * A processor.
     *
     * @return null where there is none of the type
     * @throws WrongConfiguration where several would do
     */
    String processor(String type) throws WrongConfiguration {
        return one("processors", type, "--processor", pipeline -> pipeline.processors());
    }

    /** A connector, likewise. */
    String connector(String type) throws WrongConfiguration {
        return one("connectors", type, "--connector", pipeline -> pipeline.exporters());
    }

    /** Its components of a kind. */
    @FunctionalInterface
    private interface Used {
        List<String> by(Pipeline pipeline);
    }

    private String one(String kind, String type, String option, Used used)
            throws WrongConfiguration {
        List<String> all = file.ids(kind, type);
        List<String> candidates = all.stream().filter(asked::contains).toList();
        if (candidates.isEmpty()) {
            candidates =
                    all.stream()
                            .filter(
                                    id ->
                                            file.pipelines("traces").stream()
                                                    .anyMatch(each -> used.by(each).contains(id)))
                            .toList();
        }
        if (candidates.isEmpty()) {
            candidates = all;
            all.forEach(
                    id ->
                            notes.changed(
                                    file.component(kind, id),
                                    kind + "." + id,
                                    "no pipeline of traces uses it; it is carried over all the"
                                            + " same"));
        }
        if (candidates.size() > 1) {
            throw new WrongConfiguration(
                    file.component(kind, candidates.get(0)),
                    kind,
                    "a spec is for one %s; choose by %s: %s"
                            .formatted(type, option, withLines(kind, candidates)));
        }
        for (String id : all) {
            if (!candidates.contains(id)) {
                notes.left(
                        file.component(kind, id),
                        kind + "." + id,
                        "another one is carried over; make a spec of it by " + option + " " + id);
            }
        }
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    private String withLines(String kind, List<String> ids) {
        return ids.stream()
                .map(id -> "%s (line %d)".formatted(id, file.component(kind, id).location().line()))
                .collect(Collectors.joining(", "));
    }
}
