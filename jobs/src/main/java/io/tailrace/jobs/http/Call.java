package io.tailrace.jobs.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call of a service.
 *
 * @param path below the service's address, with its query
 * @param body null for none
 * @param purpose what it is for, to follow "cannot", such as {@code read the raw data of business
 *     2}
 * @param permission what the caller must be allowed, such as {@code flow.update on project 7}
 * @param repeatable whether doing it twice is as good as once
 */
public record Call(
        String method,
        String path,
        ObjectNode body,
        String purpose,
        String permission,
        boolean repeatable) {

    public static Call get(String path, String purpose, String permission) {
        return new Call("GET", path, null, purpose, permission, true);
    }

    /** Asks something with a body. */
    public static Call ask(String path, ObjectNode body, String purpose, String permission) {
        return new Call("POST", path, body, purpose, permission, true);
    }

    /** Makes something, of which there would be two if it were done twice. */
    public static Call make(String path, ObjectNode body, String purpose, String permission) {
        return new Call("POST", path, body, purpose, permission, false);
    }

    /** Changes something, without a body. */
    public static Call patch(String path, String purpose, String permission) {
        return new Call("PATCH", path, null, purpose, permission, true);
    }

    public static Call put(String path, ObjectNode body, String purpose, String permission) {
        return new Call("PUT", path, body, purpose, permission, true);
    }

    /** Takes something away, which may be refused where it is gone already. */
    public static Call delete(String path, ObjectNode body, String purpose, String permission) {
        return new Call("DELETE", path, body, purpose, permission, false);
    }

    /** Takes something away, and does not mind that it is gone already. */
    public static Call discard(String path, String purpose, String permission) {
        return new Call("DELETE", path, null, purpose, permission, true);
    }
}
