package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.bk.BkCondition;
import io.tailrace.operators.sampling.bk.BkRandom;
import io.tailrace.operators.sampling.bk.SpanMatcher;
import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.ArrayList;
import java.util.List;

/**
 * BlueKing's two parameters of what is sampled: keeps a trace that falls into a share of all, and
 * one of which some span meets a list of conditions.
 */
@Meaning(
        "BlueKing's parameters: keeps a share of the traces, and those of which a span meets conditions")
public record BkConditions(
        @Setting(
                        value =
                                "Conditions that one span must meet; without any, only the share is kept",
                        optional = true)
                List<BkCondition> samplingConditions,
        @Setting(
                        value = "The share that is kept whatever its spans are, in percent",
                        defaultsTo = "100",
                        least = 0,
                        most = 100)
                double randomSamplingRatio)
        implements Policy {

    @Override
    public TraceCondition compile(Compilation compilation) {
        BkRandom random = new BkRandom(randomSamplingRatio);
        if (samplingConditions.isEmpty()) {
            return known -> random.keeps(known.traceId()) ? Vote.SAMPLED : Vote.NOT_SAMPLED;
        }
        List<Object> parameters = new ArrayList<>(List.of(compilation.semconv().spelling()));
        for (BkCondition each : samplingConditions) {
            parameters.addAll(List.of(each.condition(), each.key(), each.method()));
            parameters.add(each.value().size());
            parameters.addAll(each.value());
        }
        SpanMatcher matcher = new SpanMatcher(samplingConditions, compilation.semconv());
        int met = compilation.conditions().bit("bk_conditions", parameters, matcher::test);
        return known ->
                random.keeps(known.traceId())
                        ? Vote.SAMPLED
                        : known.growing(known.evidence().has(met));
    }

    @Override
    public boolean isRandom() {
        return randomSamplingRatio > 0 && randomSamplingRatio < 100;
    }

    /** A share that is chosen by a hash of its own has none. */
    @Override
    public boolean hasThreshold() {
        return !isRandom();
    }
}
