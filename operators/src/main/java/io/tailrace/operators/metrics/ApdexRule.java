package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/**
 * What durations satisfy, of some spans: those up to the threshold; up to four times that they are
 * tolerated. An error frustrates however long it took.
 *
 * @param kind null for any
 * @param attribute null for any span
 */
public record ApdexRule(
        @Setting(value = "Only for spans of this kind", optional = true) SpanKind kind,
        @Setting(
                        value =
                                "Only for spans with this attribute, of their own or of the resource",
                        optional = true)
                String attribute,
        @Setting(
                        value =
                                "Spans that take up to so many milliseconds satisfy, up to four times"
                                        + " as many are tolerated, others frustrate; so do errors",
                        least = 1,
                        most = 1e9)
                long thresholdMs)
        implements Serializable {}
