package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.TraceId;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keeps a share of the traces, chosen by MD5 of the id's text (32 lower-case hex digits) as an
 * unsigned number: its last two decimal digits are the percent that a trace falls in, the very one
 * of BlueKing's sampling, and the six before them its millionth part of that. So whole percents
 * keep the traces that BlueKing keeps, and a smaller share is part of each larger one.
 *
 * <p>Each instance is used by one thread.
 */
public final class BkRandom {

    private static final int DIGITS_BEHIND_PERCENT = 6;
    private static final int PARTS_OF_A_PERCENT = 1_000_000;
    private static final int PARTS = 100 * PARTS_OF_A_PERCENT;

    private final MessageDigest md5;
    private final int kept;

    /**
     * @param percent the share that is kept, in percent, to a millionth of one; 100 and more keeps
     *     all
     */
    public BkRandom(double percent) {
        kept =
                BigDecimal.valueOf(Math.max(0, Math.min(100, percent)))
                        .scaleByPowerOfTen(DIGITS_BEHIND_PERCENT)
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact();
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        }
    }

    public boolean keeps(TraceId traceId) {
        return kept == PARTS || kept > 0 && part(traceId) < kept;
    }

    /** Which of the hundred million parts of all traces this one falls in. */
    private int part(TraceId traceId) {
        long digits = 0;
        for (byte next : md5.digest(traceId.hex().getBytes(StandardCharsets.US_ASCII))) {
            digits = (256 * digits + (next & 0xff)) % PARTS;
        }
        int percent = (int) digits % 100;
        return percent * PARTS_OF_A_PERCENT + (int) (digits / 100);
    }
}
