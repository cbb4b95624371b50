package io.tailrace.plain.discovery;

/** What things belong to. */
public record PlainApplication(long bizId, String name) {}
