package io.tailrace.jobs.http;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What nobody is to read in what this program writes. */
public final class Secrets {

    /** Shorter ones would turn other words into stars. */
    private static final int SHORTEST = 4;

    private static final String STARS = "***";

    private final List<String> texts;

    public Secrets(Stream<String> secrets) {
        this.texts =
                secrets.filter(Objects::nonNull)
                        .filter(each -> each.length() >= SHORTEST)
                        .flatMap(each -> Stream.of(each, inJson(each)))
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    private static String inJson(String secret) {
        return secret.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The text with stars for each secret. */
    public String conceal(String text) {
        String concealed = text;
        for (String secret : texts) {
            concealed = concealed.replace(secret, STARS);
        }
        return concealed;
    }
}
