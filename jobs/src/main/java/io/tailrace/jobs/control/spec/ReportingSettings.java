package io.tailrace.jobs.control.spec;

import io.tailrace.jobs.http.BaseUrl;
import io.tailrace.operators.settings.Setting;

/** Where events and metrics of this program are sent. */
public record ReportingSettings(
        @Setting(value = "The push endpoint, http://PROXY:10205/v2/push/", check = BaseUrl.class)
                String url,
        @Setting(value = "The data id of events", least = 1) long dataId,
        @Setting(value = "Its token", secret = true) String accessToken,
        @Setting(value = "Who reports, in each item", defaultsTo = "tailrace") String target,
        @Setting(
                        value = "A group of custom metrics, created where it is missing",
                        optional = true,
                        otherwise = "no metrics are sent")
                MetricGroup metrics) {

    /** A group of custom metrics. */
    public record MetricGroup(
            @Setting(
                            value =
                                    "The address of the monitoring's API, before /app/custom_metric",
                            check = BaseUrl.class)
                    String url,
            @Setting("The business that it belongs to") long bizId,
            @Setting(value = "Its name", defaultsTo = "tailrace_control", check = Names.class)
                    String name,
            @Setting(value = "What it is filed under", defaultsTo = "other_rt") String scenario,
            @Setting(value = "The data id of metrics", optional = true, otherwise = "the group's")
                    Long dataId,
            @Setting(value = "Its token", optional = true, secret = true, otherwise = "the group's")
                    String accessToken) {
        @Override
        public String toString() {
            return "MetricGroup[" + name + "]";
        }
    }

    @Override
    public String toString() {
        return "ReportingSettings[" + url + "]";
    }
}
