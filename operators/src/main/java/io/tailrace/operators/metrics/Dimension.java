package io.tailrace.operators.metrics;

/**
 * A dimension of a series.
 *
 * @param name as it goes out
 * @param value never null: an absent dimension is none
 */
public record Dimension(String name, String value) {}
