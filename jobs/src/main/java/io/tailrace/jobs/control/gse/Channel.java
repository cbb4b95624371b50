package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes and filters of a data id, by their names. */
record Channel(Map<String, JsonNode> routes, Map<String, JsonNode> filters) {

    static Channel of(List<JsonNode> shown) {
        Channel channel = new Channel(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (JsonNode each : shown) {
            named(each.path("route"), channel.routes);
            named(each.path("stream_filters"), channel.filters);
        }
        return channel;
    }

    private static void named(JsonNode list, Map<String, JsonNode> byName) {
        list.forEach(each -> byName.put(each.path("name").asText(), each));
    }

    /** This one with what another one has in addition, or otherwise. */
    Channel with(Channel other) {
        Channel both = new Channel(new LinkedHashMap<>(routes), new LinkedHashMap<>(filters));
        both.routes.putAll(other.routes);
        both.filters.putAll(other.filters);
        return both;
    }

    /** What of this has other names. */
    Channel without(Set<String> routeNames, Set<String> filterNames) {
        Channel rest = new Channel(new LinkedHashMap<>(routes), new LinkedHashMap<>(filters));
        rest.routes.keySet().removeAll(routeNames);
        rest.filters.keySet().removeAll(filterNames);
        return rest;
    }

    boolean isEmpty() {
        return routes.isEmpty() && filters.isEmpty();
    }

    ArrayNode routeList() {
        return list(routes);
    }

    ArrayNode filterList() {
        return list(filters);
    }

    private static ArrayNode list(Map<String, JsonNode> byName) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        byName.values().forEach(list::add);
        return list;
    }

    /** To be compared: an object of routes and filters by name. */
    ObjectNode byName() {
        ObjectNode all = Gse.object();
        ObjectNode ofRoutes = all.putObject("route");
        routes.forEach(ofRoutes::set);
        ObjectNode ofFilters = all.putObject("stream_filters");
        filters.forEach(ofFilters::set);
        return all;
    }
}
