package io.tailrace.jobs.cluster;

/**
 * What a cluster says of itself.
 *
 * @param version Flink's, such as {@code 2.2.1}
 * @param takesJobs whether jars may be uploaded and run over its REST API
 */
public record ClusterInfo(
        String version, boolean takesJobs, int taskManagers, int slots, int freeSlots) {

    /** Whether it is of the same line, such as 2.2, as another version. */
    public boolean isLike(String other) {
        return line(version).equals(line(other));
    }

    private static String line(String version) {
        String[] parts = version.split("\\.", 3);
        return parts.length < 2 ? version : parts[0] + '.' + parts[1];
    }
}
