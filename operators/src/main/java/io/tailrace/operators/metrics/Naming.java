package io.tailrace.operators.metrics;

import java.util.List;

/** Whose names metrics and dimensions have. */
public enum Naming {
    /** BlueKing's: underscores, and OTLP's numbers for kinds and status codes. */
    BK {
        @Override
        String of(String attribute) {
            return switch (attribute) {
                case SPAN_KIND -> "kind";
                default -> attribute.replace('.', '_');
            };
        }

        @Override
        List<DimensionSettings> dimensions() {
            return BK_ATTRIBUTES.stream()
                    .map(attribute -> DimensionSettings.of(attribute, null))
                    .toList();
        }
    },
    /** The OpenTelemetry Collector's, as its connector span_metrics has them. */
    OTEL {
        @Override
        String of(String attribute) {
            return attribute;
        }

        @Override
        List<DimensionSettings> dimensions() {
            return List.of(SERVICE_NAME, SPAN_NAME, SPAN_KIND, STATUS_CODE).stream()
                    .map(attribute -> DimensionSettings.of(attribute, null))
                    .toList();
        }
    };

    /** What looks like an attribute, but is the span's own. */
    public static final String SPAN_NAME = "span.name";

    public static final String SPAN_KIND = "span.kind";
    public static final String STATUS_CODE = "status.code";

    /** The resource's alone. */
    public static final String SERVICE_NAME = "service.name";

    private static final List<String> BK_ATTRIBUTES =
            List.of(
                    "apdex.type",
                    "bk.instance.id",
                    SPAN_KIND,
                    SERVICE_NAME,
                    SPAN_NAME,
                    STATUS_CODE,
                    "telemetry.sdk.language",
                    "telemetry.sdk.name",
                    "telemetry.sdk.version",
                    "target",
                    "peer.service",
                    "http.server_name",
                    "http.method",
                    "http.scheme",
                    "http.flavor",
                    "http.status_code",
                    "rpc.method",
                    "rpc.service",
                    "rpc.system",
                    "rpc.grpc.status_code",
                    "db.name",
                    "db.operation",
                    "db.system",
                    "messaging.system",
                    "messaging.destination",
                    "messaging.destination_kind",
                    "celery.action",
                    "celery.task_name");

    /** The name of a dimension with the value of this attribute. */
    abstract String of(String attribute);

    /** The dimensions where a spec names none. */
    abstract List<DimensionSettings> dimensions();
}
