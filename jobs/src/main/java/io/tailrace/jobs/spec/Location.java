package io.tailrace.jobs.spec;

import java.util.Comparator;

/**
 * Where a value was written.
 *
 * @param order zero for the file, then the number of the {@code --set}
 * @param source the file as it was named, or {@code --set} and its path
 * @param line from one; zero where there are no lines to speak of
 * @param column from one; zero likewise
 */
public record Location(int order, String source, int line, int column)
        implements Comparable<Location> {

    private static final Comparator<Location> READING_ORDER =
            Comparator.comparingInt(Location::order)
                    .thenComparingInt(Location::line)
                    .thenComparingInt(Location::column);

    public static Location inFile(String file, int line, int column) {
        return new Location(0, file, line, column);
    }

    @Override
    public int compareTo(Location other) {
        return READING_ORDER.compare(this, other);
    }
}
