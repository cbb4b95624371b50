package io.tailrace.plain.discovery;

/** What made spans; each may be empty. */
public record PlainSdk(String name, String version, String language) {

    /** As jsonb writes it: shorter keys first. */
    String json() {
        return "{\"name\": \"%s\", \"version\": \"%s\", \"language\": \"%s\"}"
                .formatted(name, version, language);
    }
}
