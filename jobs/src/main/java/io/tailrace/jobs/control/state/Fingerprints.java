package io.tailrace.jobs.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.http.Secrets;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** Puts fingerprints in the place of secrets, so that a change of one can be seen, and no more. */
public final class Fingerprints {

    private static final String PREFIX = "secret:";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final Secrets secrets;
    private final byte[] salt;

    public Fingerprints(Secrets secrets, String salt) {
        this.secrets = secrets;
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
    }

    /** The same JSON, with a fingerprint for each text that holds a secret. */
    public JsonNode of(JsonNode json) {
        if (json instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(each -> copy.set(each.getKey(), of(each.getValue())));
            return copy;
        } else if (json instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> copy.add(of(each)));
            return copy;
        }
        boolean secret = json.isTextual() && !secrets.conceal(json.asText()).equals(json.asText());
        return secret ? JsonNodeFactory.instance.textNode(of(json.asText())) : json;
    }

    private String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has it", impossible);
        }
    }

    /** Whether a text stands for a secret. */
    public static boolean isOne(JsonNode json) {
        return json.isTextual() && json.asText().startsWith(PREFIX);
    }

    /** Whether a service shows stars in place of a secret. */
    public static boolean isMasked(JsonNode json) {
        return json.isTextual() && json.asText().matches("[*•xX]{3,}|");
    }
}
