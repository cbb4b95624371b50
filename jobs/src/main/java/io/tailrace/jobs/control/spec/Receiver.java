package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Typed;
import io.tailrace.operators.settings.ValueCheck;

import java.util.List;

/** What a receiver is. */
@Typed
public sealed interface Receiver {

    /** Kafka. */
    @Meaning("Brokers of Kafka")
    record Kafka(
            @Setting(value = "The brokers, each HOST:PORT", check = Addresses.class)
                    List<String> addresses,
            @Setting(
                            value = "The user, where the brokers ask for one",
                            optional = true,
                            otherwise = "nobody logs in")
                    String user,
            @Setting(value = "The user's password", optional = true, secret = true) String password,
            @Setting(value = "How the user logs in", defaultsTo = "SCRAM-SHA-512")
                    String saslMechanism,
            @Setting(value = "How brokers are spoken to", defaultsTo = "SASL_PLAINTEXT")
                    String securityProtocol)
            implements Receiver, Checked {
        @Override
        public void check(Problems problems) {
            if ((user == null) != (password == null)) {
                problems.expected(user == null ? "user" : "password", "both user and password");
            }
        }

        @Override
        public String toString() {
            return "Kafka" + addresses;
        }
    }

    /** Redis. */
    @Meaning("Redis")
    record Redis(
            @Setting(value = "The servers, each HOST:PORT", check = Addresses.class)
                    List<String> addresses,
            @Setting(value = "The password", optional = true, secret = true) String password,
            @Setting(
                            value = "The master's name, where sentinels know it",
                            optional = true,
                            otherwise = "the addresses are servers")
                    String masterName)
            implements Receiver {
        @Override
        public String toString() {
            return "Redis" + addresses;
        }
    }

    /** Pulsar. */
    @Meaning("Pulsar")
    record Pulsar(
            @Setting(value = "The brokers, each HOST:PORT", check = Addresses.class)
                    List<String> addresses,
            @Setting(value = "The token", optional = true, secret = true) String token)
            implements Receiver {
        @Override
        public String toString() {
            return "Pulsar" + addresses;
        }
    }

    /** A file. */
    @Meaning("A file on the machine of GSE")
    record File(@Setting("Its path there") String dataLogPath) implements Receiver {}

    /** Addresses, each a host and a port. */
    final class Addresses implements ValueCheck<List<String>> {
        @Override
        public void check(List<String> addresses, Checked.Problems problems) {
            for (int i = 0; i < addresses.size(); i++) {
                if (!addresses.get(i).matches("[^:\\s]+:[0-9]{1,5}")) {
                    problems.expected("[%d]".formatted(i), "HOST:PORT");
                }
            }
        }
    }
}
