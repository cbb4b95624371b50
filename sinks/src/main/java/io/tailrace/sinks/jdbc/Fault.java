package io.tailrace.sinks.jdbc;

import org.postgresql.util.PSQLException;

import java.sql.SQLException;
import java.util.Set;

/** What a failure of the database calls for, told by its SQLSTATE (PostgreSQL, appendix A). */
public enum Fault {
    /** Trying again: the database is away or busy, or another transaction was in the way. */
    PASSING,
    /** Leaving the row out: its values are not what the table takes. */
    OF_THE_ROW,
    /** Failing: neither time nor another row will help. */
    LASTING;

    /** Connection, insufficient resources, operator intervention, system error. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58");

    /** Serialization failure, deadlock, lock not available; a standby before it is promoted. */
    private static final Set<String> PASSING_STATES = Set.of("40001", "40P01", "55P03", "25006");

    /** Data exception, integrity constraint violation, program limit (an index entry's size). */
    private static final Set<String> CLASSES_OF_ROWS = Set.of("22", "23", "54");

    /** A database that is dropped does not come back. */
    private static final String DROPPED = "57P04";

    public static Fault of(SQLException failure) {
        String state = state(failure);
        if (state.equals(DROPPED)) {
            return LASTING;
        }
        String stateClass = state.substring(0, 2);
        if (PASSING_CLASSES.contains(stateClass) || PASSING_STATES.contains(state)) {
            return PASSING;
        }
        return CLASSES_OF_ROWS.contains(stateClass) ? OF_THE_ROW : LASTING;
    }

    /** The five characters of the failure's SQLSTATE; {@code XX000}, internal error, without. */
    public static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() != 5 ? "XX000" : state;
    }

    /** What the server or driver said, in one line, without statements and their values. */
    public static String words(SQLException failure) {
        Throwable cause = failure;
        while (!(cause instanceof PSQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PSQLException server && server.getServerErrorMessage() != null) {
            return server.getServerErrorMessage().getMessage();
        }
        // The driver says that a connection failed; that a host is unknown, its cause does.
        return cause.getCause() == null
                ? inOneLine(cause)
                : inOneLine(cause)
                        + " ("
                        + cause.getCause().getClass().getSimpleName()
                        + ": "
                        + inOneLine(cause.getCause())
                        + ')';
    }

    private static String inOneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().split("\\R", 2)[0];
    }
}
