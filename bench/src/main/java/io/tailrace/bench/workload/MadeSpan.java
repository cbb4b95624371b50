package io.tailrace.bench.workload;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span of the pool.
 *
 * @param trace the place of its trace in the pool
 * @param span with the ids and times of the first pass
 */
record MadeSpan(int trace, Resource resource, InstrumentationScope scope, Span span) {}
