package io.tailrace.jobs.cli.live;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.Properties;

/** Gives Flink the {@link LiveMetrics} of the run that its options name. */
public final class LiveMetricsFactory implements MetricReporterFactory {

    private static final String OPTIONS = "metrics.reporter.live.";

    /** Lets a run report to {@link LiveMetrics#ofRun}. */
    static void configure(Configuration options, String run) {
        options.setString(OPTIONS + "factory.class", LiveMetricsFactory.class.getName());
        options.setString(OPTIONS + LiveMetrics.RUN, run);
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return LiveMetrics.ofRun(properties.getProperty(LiveMetrics.RUN));
    }
}
