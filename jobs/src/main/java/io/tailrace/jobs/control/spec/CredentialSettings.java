package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Setting;

/** Who the calls are from. */
public record CredentialSettings(
        @Setting("The code of the application that calls, as registered with the platform")
                String appCode,
        @Setting(value = "Its secret", secret = true) String appSecret,
        @Setting("The user on whose behalf it calls; what is made is theirs") String username) {

    @Override
    public String toString() {
        return "CredentialSettings[" + appCode + ", " + username + "]";
    }
}
