package io.tailrace.operators.application;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/**
 * The block {@code application}: how to tell which application a span belongs to. Sampling goes by
 * trace alone and does not ask.
 */
public record ApplicationSettings(
        @Setting(value = "The business", defaultsTo = "{ resource: bk_biz_id, default: 2 }")
                BizId bizId,
        @Setting(
                        value = "The application's name",
                        defaultsTo = "{ resource: app_name, default: default }")
                AppName appName)
        implements Serializable {

    /** Where the business id is. */
    public record BizId(
            @Setting(value = "The resource attribute that holds it", defaultsTo = "bk_biz_id")
                    String resource,
            @Setting(value = "For spans without it", key = "default", defaultsTo = "2")
                    long otherwise)
            implements Serializable {}

    /** Where the application's name is. */
    public record AppName(
            @Setting(value = "The resource attribute that holds it", defaultsTo = "app_name")
                    String resource,
            @Setting(value = "For spans without it", key = "default", defaultsTo = "default")
                    String otherwise)
            implements Serializable {}
}
