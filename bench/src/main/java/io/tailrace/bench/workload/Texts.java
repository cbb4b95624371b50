package io.tailrace.bench.workload;

import java.util.Random;
import java.util.UUID;

/** Values that differ from trace to trace. */
final class Texts {

    private static final String[] AGENTS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/%d.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:%1$d.0) Gecko/20100101 Firefox/%1$d.0",
        "ShopApp/%d (iPhone; iOS 18.2)"
    };
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Random random;

    Texts(Random random) {
        this.random = random;
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Letters as of base64, all as likely. */
    String token(int length) {
        StringBuilder token = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return token.toString();
    }

    String agent() {
        return AGENTS[random.nextInt(AGENTS.length)].formatted(120 + random.nextInt(20));
    }

    /** Of the ranges that are for documentation. */
    String address() {
        return "203.0.113." + random.nextInt(256);
    }
}
