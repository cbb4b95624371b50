package io.tailrace.bench.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.ToDoubleFunction;

/** The medians as one line of JSON. */
final class SamplingJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SamplingJson() {}

    static String of(Plan plan, SamplingFigures figures) {
        ObjectNode all = MAPPER.createObjectNode();
        medians(all, "spans_per_second", figures, ModeResult::spansPerSecond, 0);
        ObjectNode ratios = all.putObject("ratios");
        figures.ratios().forEach((name, ratio) -> ratios.put(name, rounded(ratio, 3)));
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
        try {
            return MAPPER.writeValueAsString(all);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Numbers and names", impossible);
        }
    }

    private static void medians(
            ObjectNode all,
            String name,
            SamplingFigures figures,
            ToDoubleFunction<ModeResult> figure,
            int digits) {
        ObjectNode node = all.putObject(name);
        for (Mode mode : figures.modes()) {
            node.put(mode.toString(), rounded(figures.spread(mode, figure).median(), digits));
        }
    }

    private static BigDecimal rounded(double figure, int digits) {
        return BigDecimal.valueOf(figure).setScale(digits, RoundingMode.HALF_UP);
    }
}
