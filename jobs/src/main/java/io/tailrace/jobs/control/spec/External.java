package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/** Computed outside of the platform, by Tailrace's own Flink job. */
@Meaning("A Flink job of Tailrace's computes; the platform has source, cleaning and grant")
public record External(
        @Setting(
                        value = "The job that is submitted to a Flink cluster",
                        optional = true,
                        otherwise = "the job is run by other means")
                FlinkJobSettings job)
        implements FlowTemplate {

    @Override
    public boolean inPlatform() {
        return false;
    }
}
