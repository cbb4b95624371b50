package io.tailrace.operators.metrics;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Comparator;
import java.util.List;

/**
 * What is counted together.
 *
 * @param id of all that follows but the service
 * @param service whose series it is: of an edge, the client's
 * @param dimensions sorted by name; absent ones are left out
 */
public record Series(
        SeriesId id,
        SeriesKind kind,
        Application application,
        String service,
        List<Dimension> dimensions) {

    public static final ValueTypeInformation<Series> TYPE =
            new ValueTypeInformation<>(Series.class, new SeriesSerializer());

    /** Gives it its id. */
    public static Series of(
            SeriesKind kind, Application application, String service, List<Dimension> dimensions) {
        List<Dimension> sorted =
                dimensions.stream().sorted(Comparator.comparing(Dimension::name)).toList();
        return new Series(
                SeriesIds.of(kind, application, sorted), kind, application, service, sorted);
    }

    /** Null where it does not have this dimension. */
    public String value(String name) {
        for (Dimension dimension : dimensions) {
            if (dimension.name().equals(name)) {
                return dimension.value();
            }
        }
        return null;
    }
}
