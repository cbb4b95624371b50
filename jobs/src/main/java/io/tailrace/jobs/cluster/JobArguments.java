package io.tailrace.jobs.cluster;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a job's main class on a cluster, which has no file of the spec. */
public final class JobArguments {

    private final List<String> all = new ArrayList<>();

    /**
     * @param specText its references are replaced on the cluster, by the cluster's environment
     */
    public JobArguments(String specText) {
        add("--spec-text", specText);
    }

    /** Changes of the spec, such as {@code tail_sampling.decision_wait=10s}. */
    public JobArguments sets(List<String> sets) {
        sets.forEach(set -> add("--set", set));
        return this;
    }

    /** Also where the spec or the cluster has one; null leaves it to them. */
    public JobArguments parallelism(Integer parallelism) {
        if (parallelism != null) {
            add("--set", "flink.parallelism.default=" + parallelism);
        }
        return this;
    }

    /**
     * Values that come before the cluster's environment.
     *
     * @param variables such as {@code KAFKA=broker:9092}
     */
    public JobArguments environment(List<String> variables) {
        variables.forEach(variable -> add("--env", variable));
        return this;
    }

    private void add(String name, String value) {
        all.add(name);
        all.add(value);
    }

    public List<String> list() {
        return List.copyOf(all);
    }
}
