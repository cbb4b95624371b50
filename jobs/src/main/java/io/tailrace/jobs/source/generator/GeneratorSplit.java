package io.tailrace.jobs.source.generator;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A lane of the traffic: every {@code stride}-th request.
 *
 * @param next the number of the lane's next request
 * @param stride the number of lanes
 * @param startMillis arrival of request 0, milliseconds since the epoch; the same in all lanes
 */
public record GeneratorSplit(long next, long stride, long startMillis) implements SourceSplit {

    @Override
    public String splitId() {
        return "lane-" + next % stride;
    }

    GeneratorSplit advanced() {
        return new GeneratorSplit(next + stride, stride, startMillis);
    }
}
