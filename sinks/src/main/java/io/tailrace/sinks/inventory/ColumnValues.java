package io.tailrace.sinks.inventory;

/**
 * Takes the values of a thing's columns, one after the other.
 *
 * @param <X> what it may throw
 */
public interface ColumnValues<X extends Exception> {

    void text(String column, String value) throws X;

    void whole(String column, long value) throws X;

    /**
     * @param value null where it is unknown
     */
    void truth(String column, Boolean value) throws X;

    /**
     * @param value an array or an object
     */
    void json(String column, JsonValue value) throws X;
}
