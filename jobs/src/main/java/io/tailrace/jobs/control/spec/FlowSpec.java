package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

/** What is computed of an application's table. */
public record FlowSpec(
        @Setting(
                        value = "The flow's name, which no other flow has",
                        optional = true,
                        otherwise =
                                "bkapm_metrics_BIZ_APP, bkapm_tail_sampling_BIZ_APP; a custom flow needs"
                                        + " one",
                        check = Names.class)
                String name,
        @Setting("What it computes") FlowTemplate template,
        @Setting(
                        value = "The group of the platform's machines that it runs on",
                        defaultsTo = "default")
                String clusterGroup)
        implements Checked {

    /** The flow's name, given or made. */
    public String name(ApplicationSpec application) {
        if (name != null) {
            return name;
        }
        String stem = template instanceof VirtualMetrics ? "metrics" : "tail_sampling";
        return Names.fitting(
                "bkapm_%s_%d_%s".formatted(stem, application.bizId(), application.name()));
    }

    @Override
    public void check(Problems problems) {
        if (template instanceof Custom && name == null) {
            problems.expected("name", "a name, as the flow is a custom one");
        }
        if (template instanceof External external && external.job() != null && name != null) {
            problems.expected("name", "none, as the job has the name of its own spec");
        }
    }
}
