package io.tailrace.bench.sampling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.results.JsonLine;

import java.util.function.ToDoubleFunction;

/** The medians as JSON. */
final class SamplingJson {

    private SamplingJson() {}

    static ObjectNode of(Plan plan, SamplingFigures figures) {
        ObjectNode all = JsonLine.object();
        medians(all, "spans_per_second", figures, ModeResult::spansPerSecond, 0);
        ObjectNode ratios = all.putObject("ratios");
        figures.ratios().forEach((name, ratio) -> ratios.put(name, JsonLine.rounded(ratio, 3)));
        medians(all, "longest_pause_ms", figures, ModeResult::longestPauseMillis, 0);
        medians(all, "checkpoints", figures, each -> each.checkpoints().completed(), 0);
        medians(
                all,
                "longest_checkpoint_ms",
                figures,
                each -> each.checkpoints().longestMillis(),
                0);
        medians(all, "longest_sync_ms", figures, each -> each.checkpoints().longestSyncMillis(), 0);
        medians(all, "state_bytes", figures, each -> each.checkpoints().stateBytes(), 0);
        medians(all, "written_bytes", figures, each -> each.checkpoints().writtenBytes(), 0);
        medians(all, "kept_share", figures, ModeResult::keptShare, 4);
        medians(all, "collector_ms", figures, ModeResult::collectorMillis, 0);
        all.put("workload", plan.workload().toString());
        all.put("open_spans", plan.open());
        all.put("seconds", plan.measured().toSeconds());
        all.put("rounds", figures.rounds(figures.modes().iterator().next()).size());
        return all;
    }

    private static void medians(
            ObjectNode all,
            String name,
            SamplingFigures figures,
            ToDoubleFunction<ModeResult> figure,
            int digits) {
        ObjectNode node = all.putObject(name);
        for (Mode mode : figures.modes()) {
            node.put(
                    mode.toString(),
                    JsonLine.rounded(figures.spread(mode, figure).median(), digits));
        }
    }
}
