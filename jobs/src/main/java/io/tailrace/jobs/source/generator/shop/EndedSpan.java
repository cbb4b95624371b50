package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span as the SDK of its instance has it when it ended.
 *
 * @param ended nanoseconds after the traffic's start, by no host's skewed clock
 * @param flushable when the SDK may send it, likewise; later than its end where the flush is late
 */
public record EndedSpan(
        Instance instance, InstrumentationScope scope, Span span, long ended, long flushable) {}
