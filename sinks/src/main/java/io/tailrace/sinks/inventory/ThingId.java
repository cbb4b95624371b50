package io.tailrace.sinks.inventory;

import io.tailrace.operators.discovery.InventoryChange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Tells a thing apart in 128 bits: the first of the SHA-256 hash of its application, entity and
 * identity, each with its length. Tables have it as their key, so it must never change.
 */
public final class ThingId implements ColumnValues<RuntimeException> {

    private final MessageDigest digest;

    private ThingId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    public static UUID of(InventoryChange change) {
        ThingId id = new ThingId();
        id.whole("biz_id", change.application().bizId());
        id.text("app_name", change.application().name());
        id.text("entity", change.item().entity().text());
        Columns.of(change.item().entity()).showIdentity(change, id);
        ByteBuffer hash = ByteBuffer.wrap(id.digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    @Override
    public void text(String column, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    @Override
    public void whole(String column, long value) {
        text(column, Long.toString(value));
    }

    @Override
    public void truth(String column, Boolean value) {
        text(column, String.valueOf(value));
    }

    @Override
    public void json(String column, JsonValue value) {
        text(column, value.text());
    }
}
