package io.tailrace.sinks.jdbc;

import java.io.Serializable;
import java.time.Duration;

/**
 * For how long the rows of one owner are kept, in event time. The table should have an index on
 * owner and time.
 *
 * @param ownerColumn a column of text
 * @param owner whose rows are deleted; those of others are let alone
 * @param timeColumn a column of milliseconds since the epoch
 * @param keep a row is deleted once event time is more than this after its own
 */
public record Retention(String ownerColumn, String owner, String timeColumn, Duration keep)
        implements Serializable {}
