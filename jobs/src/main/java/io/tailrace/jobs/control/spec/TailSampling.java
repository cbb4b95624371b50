package io.tailrace.jobs.control.spec;

import io.tailrace.operators.sampling.bk.BkCondition;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.nio.file.Path;
import java.util.List;

/** Tail sampling by the platform, in the user's code. */
@Meaning("The platform runs code of the user's on the spans, and stores what it keeps")
public record TailSampling(
        @Setting(value = "The file with the code of the node, in Java", exists = true)
                Path codeFile,
        @Setting(
                        value = "Minutes without a span after which a trace is over",
                        defaultsTo = "30",
                        least = 1)
                int traceSessionGapMin,
        @Setting(
                        value = "Minutes for which it is remembered that a trace is kept",
                        defaultsTo = "1440",
                        least = 0)
                int traceMarkTimeoutMin,
        @Setting(value = "The most spans of a trace", defaultsTo = "10000", least = 1)
                int maxSpanCount,
        @Setting(
                        value = "The share of traces that is kept whatever they are, in percent",
                        defaultsTo = "100",
                        least = 0,
                        most = 100)
                double randomSamplingRatio,
        @Setting(value = "Conditions, one of whose spans keeps a trace", optional = true)
                List<BkCondition> samplingConditions,
        @Setting("Where kept spans are stored") StorageSettings storage)
        implements FlowTemplate {

    @Override
    public boolean inPlatform() {
        return true;
    }
}
