package io.tailrace.operators.discovery;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What several spans of one service come to. */
class TopoNodeTest {

    private static TopoNode node(String system, Sdk sdk) {
        return new TopoNode(
                "cart",
                0,
                NodeKind.SERVICE,
                "rpc",
                "grpc",
                "java",
                List.of(system),
                "node",
                List.of(sdk));
    }

    @Test
    void whateverClientsMakeUpANodeListsOnlySoMuchOfIt() {
        List<String> systems = IntStream.range(0, 1000).mapToObj("system%03d"::formatted).toList();
        List<Sdk> sdks = systems.stream().map(each -> new Sdk("sdk", each, "java")).toList();
        List<TopoNode> nodes = new ArrayList<>();
        for (int i = 0; i < systems.size(); i++) {
            nodes.add(node(systems.get(i), sdks.get(i)));
        }
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(nodes, new Random(seed));
            TopoNode all = nodes.stream().reduce(TopoNode::merge).orElseThrow();
            assertThat(all.systems()).isEqualTo(systems.subList(0, TopoNode.MOST_LISTED));
            assertThat(all.sdks()).isEqualTo(sdks.subList(0, TopoNode.MOST_LISTED));
            nodes.forEach(each -> assertThat(all.merge(each)).isEqualTo(all));
        }
    }
}
