package io.tailrace.operators.sampling.explanation;

/**
 * What a reader must know of a span to find it.
 *
 * @param number its place among the spans of the decision in the order of their arrival, from 1
 * @param service of its resource; null where that has none
 * @param startUnixNano unsigned
 * @param endUnixNano unsigned
 * @param statusCode OTLP's number: 0 unset, 1 ok, 2 error
 */
public record SpanBrief(
        int number,
        String name,
        String service,
        long spanId,
        long startUnixNano,
        long endUnixNano,
        int statusCode,
        String statusMessage) {}
