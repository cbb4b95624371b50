package io.tailrace.operators.serialization;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that the constants of an enum are written as.
 *
 * @param <E> the enum
 */
public final class EnumCodes<E extends Enum<E>> {

    private final Class<E> type;
    private final List<E> byCode;
    private final Map<E, Integer> codes;

    /**
     * @param byCode all constants, in the order of their numbers from 0 on; new ones are appended,
     *     for the numbers are in state
     */
    public EnumCodes(Class<E> type, List<E> byCode) {
        this.type = type;
        this.byCode = byCode;
        this.codes = new EnumMap<>(type);
        for (int i = 0; i < byCode.size(); i++) {
            codes.put(byCode.get(i), i);
        }
        for (E each : type.getEnumConstants()) {
            if (!codes.containsKey(each)) {
                throw new IllegalArgumentException(each + " has no number");
            }
        }
    }

    public int code(E value) {
        return codes.get(value);
    }

    /**
     * @throws IOException where no constant has the number
     */
    public E of(int code) throws IOException {
        if (code < 0 || code >= byCode.size()) {
            throw new IOException("No %s has the number %d".formatted(type.getSimpleName(), code));
        }
        return byCode.get(code);
    }
}
