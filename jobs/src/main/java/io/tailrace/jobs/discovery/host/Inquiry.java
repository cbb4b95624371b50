package io.tailrace.jobs.discovery.host;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Answers questions, by asking somebody else. It is asked by several threads at a time.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
interface Inquiry<Q, A> extends AutoCloseable {

    /** How many questions may be asked together, 1 or more. */
    int most();

    /** Whether it knows the answers itself, and never fails. */
    default boolean isImmediate() {
        return false;
    }

    /**
     * @param questions 1 to {@link #most}
     * @return the answers to those that it knows
     * @throws IOException in words, where nobody answered
     */
    Map<Q, A> ask(List<Q> questions) throws IOException, InterruptedException;

    @Override
    void close();
}
