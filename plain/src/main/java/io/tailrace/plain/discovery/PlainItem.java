package io.tailrace.plain.discovery;

import java.util.List;

/** A thing, as a row of its table shows it. */
public sealed interface PlainItem permits PlainNode, PlainRow {

    /** The kind of thing, as tables are named. */
    String entity();

    /** Of the row, but for application and times; lists are written as jsonb writes them. */
    List<Object> columns();
}
