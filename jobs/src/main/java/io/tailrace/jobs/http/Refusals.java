package io.tailrace.jobs.http;

import java.util.regex.Pattern;

/** Tells from a service's code and words why it refused, for its codes differ from site to site. */
final class Refusals {

    private static final Pattern CALLER =
            pattern(
                    "app.?(code|secret)|credential|not authenticated|authentication (failed|error)"
                            + "|unauthenticated|unauthori[sz]ed|user.*(not exist|invalid)|认证");
    private static final Pattern PERMISSION =
            pattern("permission|forbidden|not allowed|access denied|no access|权限|无权");
    private static final Pattern TAKEN =
            pattern(
                    "already|exist(s|ed|ing)\\b|duplicate|is taken|in use|conflict|unique|重复|已存在|已被");
    private static final Pattern MISSING =
            pattern("(not|n't|no such).{0,20}(exist|found)|不存在|未找到|no such");

    private Refusals() {}

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    static Fault of(int status, String code, String words) {
        if (status == 401) {
            return Fault.UNKNOWN_CALLER;
        } else if (status == 403) {
            return CALLER.matcher(words).find() ? Fault.UNKNOWN_CALLER : Fault.FORBIDDEN;
        } else if (status == 404) {
            return Fault.MISSING;
        } else if (status == 409) {
            return Fault.TAKEN;
        } else if (code.endsWith("403") || PERMISSION.matcher(words).find()) {
            return Fault.FORBIDDEN;
        } else if (CALLER.matcher(words).find()) {
            return Fault.UNKNOWN_CALLER;
        } else if (MISSING.matcher(words).find()) {
            return Fault.MISSING;
        }
        return TAKEN.matcher(words).find() ? Fault.TAKEN : Fault.REFUSED;
    }
}
