package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.Names;
import io.tailrace.jobs.control.spec.VirtualMetrics;

import java.util.List;

/**
 * Totals by dimensions and window, and averages of them. Averages are made of the totals' table as
 * it is, so that another dimension changes one node.
 */
final class VirtualMetricsNodes {

    private static final String STORAGE = "tspider_storage";

    private VirtualMetricsNodes() {}

    static List<FlowNode> of(Nodes nodes, String flow, VirtualMetrics metrics) {
        String totals = Names.fitting(flow + "_sum");
        String averages = Names.fitting(flow + "_avg");
        String source = nodes.sourceTable();
        List<String> dimensions = SpanColumns.dimensions(metrics.dimensions());
        FlowNode sum =
                nodes.realtime(
                        "sum",
                        Nodes.SOURCE,
                        source,
                        totals,
                        windowed(metrics, "scroll", MetricsSql.totals(dimensions, source)));
        FlowNode average =
                nodes.realtime(
                        "avg",
                        "sum",
                        nodes.tableId(totals),
                        averages,
                        windowed(metrics, "none", MetricsSql.averages(nodes.tableId(totals))));
        return List.of(
                nodes.source(flow),
                sum,
                nodes.storage("sum_storage", STORAGE, "sum", totals, metrics.storage()),
                average,
                nodes.storage("avg_storage", STORAGE, "avg", averages, metrics.storage()));
    }

    private static ObjectNode windowed(VirtualMetrics metrics, String windowType, String sql) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sql", sql)
                .put("window_type", windowType)
                .put("count_freq", metrics.window().toSeconds())
                .put("waiting_time", metrics.waitingTime().toSeconds());
    }
}
