package io.tailrace.jobs.source.file;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.List;

/**
 * All files of a source, and how far they are read.
 *
 * @param files in the order in which they are read
 * @param file the index of the file at hand
 * @param records how many records of it were read
 * @param arrival the clock: the latest end of a span so far, milliseconds since the epoch
 */
record FileSplit(List<String> files, int file, long records, long arrival) implements SourceSplit {

    static FileSplit of(List<String> files) {
        return new FileSplit(files, 0, 0, 0);
    }

    @Override
    public String splitId() {
        return "files";
    }
}
