package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.util.List;

/** Where an application's data comes from. */
public record SourceSpec(
        @Setting(
                        value = "A topic that the platform reads",
                        optional = true,
                        otherwise = "data_id is given")
                KafkaTopic kafka,
        @Setting(
                        value =
                                "A data id that GSE fills already, and which becomes the raw data id",
                        optional = true,
                        otherwise = "kafka is given",
                        least = 1)
                Long dataId,
        @Setting(
                        value = "Its name with the platform, unique in the business",
                        optional = true,
                        otherwise =
                                "bkapm_trace_BIZ_APP, or bkapm_virtual_metric_APP where metrics are all"
                                        + " that is made",
                        check = Names.class)
                String rawDataName,
        @Setting(
                        value = "What people read of it",
                        optional = true,
                        otherwise = "the application's name")
                String alias,
        @Setting(value = "Who looks after it", optional = true, otherwise = "the user that calls")
                List<String> maintainers)
        implements Checked {

    /** A topic. */
    public record KafkaTopic(
            @Setting("The brokers, HOST:PORT with commas between") String bootstrapServers,
            @Setting("The topic") String topic,
            @Setting(
                            value = "The consumer group",
                            optional = true,
                            otherwise = "the raw data's name")
                    String group,
            @Setting(value = "How many tasks read it", defaultsTo = "1", least = 1, most = 1000)
                    int tasks,
            @Setting(
                            value = "The user, where the brokers ask for one",
                            optional = true,
                            otherwise = "nobody logs in")
                    String user,
            @Setting(value = "The user's password", optional = true, secret = true) String password,
            @Setting(value = "How brokers are spoken to", defaultsTo = "SASL_PLAINTEXT")
                    String securityProtocol,
            @Setting(value = "How the user logs in", defaultsTo = "SCRAM-SHA-512")
                    String saslMechanism)
            implements Checked {

        @Override
        public void check(Problems problems) {
            if ((user == null) != (password == null)) {
                problems.expected(user == null ? "user" : "password", "both user and password");
            }
            if (!bootstrapServers.matches("[^:,\\s]+:\\d+(,[^:,\\s]+:\\d+)*")) {
                problems.expected("bootstrap_servers", "HOST:PORT, with commas between several");
            }
        }

        @Override
        public String toString() {
            return "KafkaTopic[" + bootstrapServers + ", " + topic + "]";
        }
    }

    @Override
    public void check(Problems problems) {
        if ((kafka == null) == (dataId == null)) {
            problems.expected("", "either kafka or data_id");
        }
    }
}
