package io.tailrace.jobs.control.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nodes as the platform has them. */
@Meaning("Nodes of the platform's own kinds, behind a stream_source that reads the table")
public record Custom(
        @Setting(value = "The nodes, each after those that it reads", distinct = "name")
                List<CustomNode> nodes)
        implements FlowTemplate, Checked {

    /** The name of the node that reads the application's table. */
    public static final String SOURCE = "source";

    /** A node. */
    public record CustomNode(
            @Setting(value = "Its name in the flow", check = Names.class) String name,
            @Setting("Its type with the platform, such as realtime or tspider_storage") String type,
            @Setting(
                            value = "The names of the nodes that it reads",
                            defaultsTo = "[source]",
                            least = 1)
                    List<String> inputs,
            @Setting(
                            value = "The name of the table that it makes, without the business",
                            optional = true,
                            otherwise = "it stores the table that it reads",
                            check = Names.class)
                    String table,
            @Setting(value = "Its configuration, handed on as it is", optional = true)
                    JsonNode config) {}

    @Override
    public boolean inPlatform() {
        return true;
    }

    @Override
    public void check(Problems problems) {
        Set<String> readable = new HashSet<>(Set.of(SOURCE));
        for (int i = 0; i < nodes.size(); i++) {
            CustomNode node = nodes.get(i);
            for (int j = 0; j < node.inputs().size(); j++) {
                if (!readable.contains(node.inputs().get(j))) {
                    problems.expected(
                            "nodes[%d].inputs[%d]".formatted(i, j),
                            "source, or a node above that makes a table");
                }
            }
            if (node.config() != null && !node.config().isObject()) {
                problems.expected("nodes[%d].config".formatted(i), "an object");
            }
            if (node.table() != null) {
                readable.add(node.name());
            }
        }
    }
}
