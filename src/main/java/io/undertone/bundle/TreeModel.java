package io.undertone.bundle;

import java.util.Arrays;

/** An XGBoost model in UBJSON. Immutable. */
public final class TreeModel {
    private final byte[] ubjson;

    /** @param ubjson as {@code Booster.toByteArray("ubj")} gives it; copied */
    public TreeModel(byte[] ubjson) {
        if (ubjson.length < 2 || ubjson[0] != '{') {
            throw new IllegalArgumentException(
                    "must be XGBoost's UBJSON, which starts with '{': length=" + ubjson.length);
        }
        this.ubjson = ubjson.clone();
    }

    /** A copy of its bytes. */
    public byte[] toBytes() {
        return ubjson.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeModel model && Arrays.equals(ubjson, model.ubjson);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ubjson);
    }

    @Override
    public String toString() {
        return "TreeModel[" + ubjson.length + " bytes]";
    }
}
