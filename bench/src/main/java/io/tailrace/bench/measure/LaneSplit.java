package io.tailrace.bench.measure;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A reader's part of the traffic.
 *
 * @param lane from 0
 * @param next the number of its next request
 */
record LaneSplit(int lane, long next) implements SourceSplit {

    @Override
    public String splitId() {
        return "lane-" + lane;
    }
}
