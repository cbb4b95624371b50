package io.tailrace.operators.input;

/**
 * Where a record was read.
 *
 * @param topic the Kafka topic or the file's path, of a row its table; null where the thing at hand
 *     came from no record
 * @param partition the Kafka partition; null for a file
 * @param offset the Kafka offset, or the number of the line or message in its file, from 1; null
 *     with the topic, and of a table
 */
public record Origin(String topic, Integer partition, Long offset) {

    /** Of what the job made itself. */
    public static final Origin NONE = new Origin(null, null, null);

    /** Of what a table refused. */
    public static Origin ofTable(String name) {
        return new Origin(name, null, null);
    }

    public static Origin ofFile(String path, long line) {
        return new Origin(path, null, line);
    }
}
