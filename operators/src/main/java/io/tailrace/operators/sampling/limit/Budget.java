package io.tailrace.operators.sampling.limit;

/**
 * What may be spent over the whole job.
 *
 * @param name names it in state
 * @param rate how much comes in a second
 * @param burst how much it holds at most; nothing larger ever passes
 */
public record Budget(String name, double rate, double burst) {}
