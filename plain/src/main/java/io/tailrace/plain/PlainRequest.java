package io.tailrace.plain;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/**
 * An export request.
 *
 * @param arrival milliseconds since the epoch
 */
public record PlainRequest(long arrival, ExportTraceServiceRequest otlp) {}
