package io.tailrace.jobs.source.generator.shop;

/** What dice are thrown for, so that no two purposes share their numbers. */
final class Purpose {

    static final long TRACE_BEGIN = 1;
    static final long TRACE = 2;
    static final long LATE_FLUSH = 3;

    /** Plus the second of its first occurrence, at most 899. */
    static final long EPISODES = 100;

    /** Plus the service's port. */
    static final long POD_NAMES = 1_000;

    private Purpose() {}
}
