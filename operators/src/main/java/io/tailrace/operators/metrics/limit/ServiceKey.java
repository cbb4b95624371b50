package io.tailrace.operators.metrics.limit;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Objects;

/**
 * Whose series are limited together: those of one kind of a service of an application.
 *
 * <p>Its hash decides which subtask has the service, so it must never change.
 */
public record ServiceKey(SeriesKind kind, Application application, String service) {

    public static final ValueTypeInformation<ServiceKey> TYPE =
            new ValueTypeInformation<>(ServiceKey.class, new ServiceKeySerializer());

    public static ServiceKey of(MetricPart part) {
        Series series = part.series();
        return new ServiceKey(series.kind(), series.application(), series.service());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceKey that
                && kind == that.kind
                && application.equals(that.application)
                && Objects.equals(service, that.service);
    }

    /** An enum's own hash is another one in each process. */
    @Override
    public int hashCode() {
        int hash = Long.hashCode(application.bizId());
        hash = 31 * hash + Objects.hashCode(application.name());
        hash = 31 * hash + Objects.hashCode(service);
        return 31 * hash + kind.name().hashCode();
    }
}
