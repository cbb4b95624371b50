package io.tailrace.jobs;

import io.tailrace.operators.settings.Spelled;

/** The kinds of jobs. */
public enum JobKind implements Spelled {
    TAIL_SAMPLING("tail-sampling"),
    VIRTUAL_METRICS("virtual-metrics");

    private final String spelling;

    JobKind(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
