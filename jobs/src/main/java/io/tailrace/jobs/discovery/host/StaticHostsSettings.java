package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;

/** A file that lists hosts. */
public record StaticHostsSettings(
        @Setting(
                        value =
                                "The file, on each machine that runs the job: .csv with a line of"
                                        + " column names, or .yaml with a list; ip, cloud_id, host_id,"
                                        + " and where they are known agent_id and biz_id",
                        exists = true)
                String path,
        @Setting(
                        value = "How often it is looked whether the file has changed",
                        defaultsTo = "1m",
                        least = 100)
                Duration reload)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        if (!path.endsWith(".csv") && !isYaml()) {
            problems.expected("path", "a file whose name ends in .csv, .yaml or .yml");
        }
    }

    boolean isYaml() {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }
}
