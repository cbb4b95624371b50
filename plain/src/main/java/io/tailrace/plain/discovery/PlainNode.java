package io.tailrace.plain.discovery;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A service, a component or a remote service.
 *
 * @param rank the place of the rule that told what it is
 * @param kind service, component or remote_service
 */
public record PlainNode(
        String key,
        int rank,
        String kind,
        String category,
        String predicateValue,
        String language,
        List<String> systems,
        String platform,
        List<PlainSdk> sdks)
        implements PlainItem {

    @Override
    public String entity() {
        return "topo_node";
    }

    @Override
    public List<Object> columns() {
        return List.of(
                key,
                kind,
                category,
                predicateValue,
                language,
                systems.stream()
                        .map("\"%s\""::formatted)
                        .collect(Collectors.joining(", ", "[", "]")),
                platform,
                sdks.stream().map(PlainSdk::json).collect(Collectors.joining(", ", "[", "]")));
    }
}
