package io.tailrace.sinks.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the values of one row, one column after another. Null stands for itself. The character NUL,
 * which PostgreSQL cannot store, becomes U+FFFD.
 */
public final class RowValues {

    /** Behind an even number of backslashes, else the last of them is what is escaped. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    /** An entry of an index has at most some 2700 bytes, a character up to four. */
    private static final int MOST_INDEXED = 600;

    private final PreparedStatement statement;
    private int column;

    RowValues(PreparedStatement statement) {
        this.statement = statement;
    }

    /** A column {@code text}. */
    public RowValues text(String value) throws SQLException {
        statement.setString(++column, value == null ? null : value.replace('\0', '\ufffd'));
        return this;
    }

    /** A column {@code text} that is in an index; the text is cut to 600 characters. */
    public RowValues indexedText(String value) throws SQLException {
        if (value == null || value.length() <= MOST_INDEXED) {
            return text(value);
        }
        boolean inCharacter = Character.isHighSurrogate(value.charAt(MOST_INDEXED - 1));
        return text(value.substring(0, inCharacter ? MOST_INDEXED - 1 : MOST_INDEXED));
    }

    /** A column {@code jsonb}. */
    public RowValues json(String value) throws SQLException {
        String clean = value == null ? null : ESCAPED_NUL.matcher(value).replaceAll("$1\\\\ufffd");
        statement.setObject(++column, clean, Types.OTHER);
        return this;
    }

    /** A column {@code integer} or {@code bigint}. */
    public RowValues whole(long value) throws SQLException {
        statement.setLong(++column, value);
        return this;
    }

    /** A column {@code integer} or {@code bigint} that may be null. */
    public RowValues wholeOrNull(Long value) throws SQLException {
        statement.setObject(++column, value, Types.BIGINT);
        return this;
    }

    /** A column {@code bigint[]}. */
    public RowValues wholes(long[] values) throws SQLException {
        String array =
                values == null
                        ? null
                        : Arrays.stream(values)
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(",", "{", "}"));
        statement.setObject(++column, array, Types.OTHER);
        return this;
    }

    /**
     * A column {@code timestamptz}.
     *
     * @param millis since the epoch
     */
    public RowValues time(long millis) throws SQLException {
        statement.setObject(++column, Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
        return this;
    }

    /** The same that may be null. */
    public RowValues timeOrNull(Long millis) throws SQLException {
        if (millis != null) {
            return time(millis);
        }
        statement.setNull(++column, Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    /** A column {@code uuid}, for any 128 bits. */
    public RowValues bits(long high, long low) throws SQLException {
        statement.setObject(++column, new UUID(high, low));
        return this;
    }

    /** A column {@code numeric(20)}, for all 64 bits of an unsigned number. */
    public RowValues unsigned(long value) throws SQLException {
        statement.setBigDecimal(++column, new BigDecimal(Long.toUnsignedString(value)));
        return this;
    }

    /** A column {@code double precision}. */
    public RowValues real(Double value) throws SQLException {
        statement.setObject(++column, value, Types.DOUBLE);
        return this;
    }

    /** A column {@code boolean}. */
    public RowValues truth(boolean value) throws SQLException {
        statement.setBoolean(++column, value);
        return this;
    }

    /** The same that may be null. */
    public RowValues truthOrNull(Boolean value) throws SQLException {
        statement.setObject(++column, value, Types.BOOLEAN);
        return this;
    }

    /** How many the row has so far. */
    int count() {
        return column;
    }

    /** Ends the row. */
    void end() throws SQLException {
        statement.addBatch();
        column = 0;
    }
}
