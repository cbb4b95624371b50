package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;

/** Whom a client trusts, and how it shows who it is. The files are read where the sink runs. */
public record TlsSettings(
        @Setting(
                        value =
                                "A file of certificates (PEM) of the authorities that are trusted,"
                                        + " instead of those that Java knows",
                        optional = true)
                String caFile,
        @Setting(value = "A file with the client's certificate (PEM)", optional = true)
                String certFile,
        @Setting(
                        value =
                                "A file with the client's private key (PEM, PKCS #8, not encrypted)",
                        optional = true)
                String keyFile,
        @Setting(
                        value =
                                "Whether any certificate of the server will do, which protects from"
                                        + " nobody in between",
                        defaultsTo = "false")
                boolean insecureSkipVerify)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        if ((certFile == null) != (keyFile == null)) {
            problems.expected(
                    certFile == null ? "cert_file" : "key_file",
                    "both cert_file and key_file, or neither");
        }
        if (insecureSkipVerify && caFile != null) {
            problems.expected("ca_file", "no ca_file with insecure_skip_verify");
        }
    }
}
