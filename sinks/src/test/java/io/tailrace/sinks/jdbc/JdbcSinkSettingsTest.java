package io.tailrace.sinks.jdbc;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcSinkSettingsTest {

    @Test
    void areWrittenWithoutPasswordAndParameters() {
        Duration any = Duration.ofSeconds(1);
        assertThat(
                        new JdbcSinkSettings(
                                "jdbc:postgresql://db/apm?sslpassword=opensesame&sslkey=/key",
                                "me",
                                "opensesame",
                                "public",
                                1,
                                any,
                                any,
                                any,
                                any))
                .hasToString(
                        "JdbcSinkSettings[url=jdbc:postgresql://db/apm, user=me, schema=public]");
    }
}
