package io.tailrace.sinks.metrics.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.Series;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be sent of one service in one request: data points of one metric stand together. */
final class ServiceBatch {

    private static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName("tailrace").build();

    /** Tags and lengths of what is around the metrics, at most. */
    private static final int FRAME = 64;

    /** Whose metrics stand in one request. All samples of a series are of the same. */
    record Key(Application application, String service) {

        static Key of(Series series) {
            return new Key(series.application(), series.service());
        }

        /** For Kafka, which keeps the order of what has one key. */
        byte[] bytes() {
            return "%d/%s/%s"
                    .formatted(application.bizId(), application.name(), service)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private final byte[] key;
    private final Resource resource;
    private final Map<String, Metric.Builder> metrics = new LinkedHashMap<>();
    private long bytes;

    ServiceBatch(Key of) {
        key = of.bytes();
        resource =
                Resource.newBuilder()
                        .addAttributes(DataPoints.text("service.name", of.service()))
                        .addAttributes(
                                KeyValue.newBuilder()
                                        .setKey("bk_biz_id")
                                        .setValue(
                                                AnyValue.newBuilder()
                                                        .setIntValue(of.application().bizId())))
                        .addAttributes(DataPoints.text("app_name", of.application().name()))
                        .build();
        bytes =
                (long) key.length
                        + resource.getSerializedSize()
                        + SCOPE.getSerializedSize()
                        + FRAME;
    }

    /** What these would be in a message, at most. */
    static long bytes(List<Metric> of) {
        // A field's tag and length take up to six bytes.
        return of.stream().mapToLong(metric -> metric.getSerializedSize() + 6L).sum();
    }

    /**
     * @param of one sample, each with one data point
     */
    void add(List<Metric> of) {
        for (Metric metric : of) {
            // Merging appends the data point to those of the same kind.
            metrics.computeIfAbsent(
                            metric.getName() + ' ' + metric.getDataCase(),
                            name -> Metric.newBuilder())
                    .mergeFrom(metric);
        }
        bytes += bytes(of);
    }

    /** Of the message, key and value together, at most. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return metrics.isEmpty();
    }

    byte[] key() {
        return key;
    }

    ExportMetricsServiceRequest request() {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(SCOPE);
        metrics.values().forEach(scope::addMetrics);
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build();
    }
}
