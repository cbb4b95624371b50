package io.tailrace.jobs.control.spec;

import io.tailrace.jobs.http.BaseUrl;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;

/** The data platform, and how long it is waited for. */
public record PlatformSettings(
        @Setting(
                        value =
                                "Its address with the whole path before /v3, such as"
                                        + " http://HOST/api/bk-base/prod",
                        check = BaseUrl.class)
                String url,
        @Setting(value = "How the platform is to know the user", defaultsTo = "user")
                String authenticationMethod,
        @Setting(value = "The environment that calls are for", defaultsTo = "ieod") String appenv,
        @Setting(value = "How long a cleaning may take to run", defaultsTo = "5m", least = 1000)
                Duration cleaningWait,
        @Setting(
                        value = "How long a flow may take to run, and to stop",
                        defaultsTo = "5m",
                        least = 1000)
                Duration flowWait,
        @Setting(
                        value = "How often it is asked meanwhile",
                        defaultsTo = "1s",
                        least = 1,
                        most = 60_000)
                Duration pollInterval,
        @Setting(value = "How long a whole command may take", defaultsTo = "30m", least = 1000)
                Duration deadline) {}
