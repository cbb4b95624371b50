package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names as the platform takes them: at most 50 letters, digits and underscores. */
public final class Names implements ValueCheck<String> {

    private static final int MOST = 50;
    private static final int HASH_BYTES = 4;

    @Override
    public void check(String name, Checked.Problems problems) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,%d}".formatted(MOST - 1))) {
            problems.expected(
                    "", "at most 50 letters, digits and underscores, beginning with a letter");
        }
    }

    /**
     * The nearest such name: dashes and whatever else does not fit become underscores. A name that
     * is too long is cut, and ends in a hash, so that two long ones stay apart.
     */
    public static String fitting(String name) {
        String fitting = name.replaceAll("[^A-Za-z0-9_]", "_");
        if (fitting.length() <= MOST) {
            return fitting;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            String end = '_' + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
            return fitting.substring(0, MOST - end.length()) + end;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has it", impossible);
        }
    }
}
