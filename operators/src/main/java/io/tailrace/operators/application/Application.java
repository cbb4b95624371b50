package io.tailrace.operators.application;

/**
 * What spans, metrics and the inventory are told apart by first.
 *
 * @param bizId the business
 * @param name the application's name within it
 */
public record Application(long bizId, String name) {}
