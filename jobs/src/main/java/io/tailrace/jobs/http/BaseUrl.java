package io.tailrace.jobs.http;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.ValueCheck;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a service, below which its paths are. */
public final class BaseUrl implements ValueCheck<String> {

    @Override
    public void check(String url, Checked.Problems problems) {
        if (!isGood(url)) {
            problems.expected(
                    "",
                    "an http or https address without user, query and fragment: http://HOST/PATH");
        }
    }

    /** Whether it is one. */
    public static boolean isGood(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() != null
                    && uri.getScheme().matches("https?")
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }
}
