package io.tailrace.operators.discovery;

/**
 * A host on which a service runs. Which cloud it is in, and which number it has there, is looked up
 * later.
 *
 * @param ip as the spans have it
 * @param topoNodeKey the service
 */
public record Host(String ip, String topoNodeKey) implements Item {

    @Override
    public Entity entity() {
        return Entity.HOST;
    }
}
