package io.tailrace.operators.input;

/** Takes the parts of a record that could not be used. */
@FunctionalInterface
public interface Rejects {

    /**
     * @param bytes a record's bytes, of which those from {@code from} up to {@code to} are bad
     */
    void reject(DeadLetter.Reason reason, String error, byte[] bytes, int from, int to);
}
