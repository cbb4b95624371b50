package io.tailrace.jobs.http;

import java.util.Map;

/**
 * A service that is called.
 *
 * @param name as people know it, to begin a sentence, such as {@code The data platform}
 * @param setting where its address comes from, such as {@code platform.url}
 * @param url its address, below which the paths of calls are
 * @param headers sent with each call
 * @param credentials what says who calls, such as {@code app_code and app_secret}
 */
public record Service(
        String name, String setting, String url, Map<String, String> headers, String credentials) {

    public Service {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        headers = Map.copyOf(headers);
    }

    /** Without headers, which hold secrets. */
    @Override
    public String toString() {
        return name + " at " + url;
    }
}
