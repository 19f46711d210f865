package io.undertone.training.network;

/** Derives seeds for the parts of a run from the run's seed: parts don't share random numbers and don't depend on their order. */
public final class Seeds {
    private Seeds() {}

    /** A seed for the part identified by these numbers, such as member and epoch (the finaliser of SplitMix64, part by part). */
    public static long derive(long seed, long... parts) {
        long z = seed;
        for (long part : parts) {
            z = mix(z + 0x9E3779B97F4A7C15L * (part + 1));
        }
        return mix(z);
    }

    /** A seed for the part identified by a text. */
    public static long derive(long seed, String part) {
        long z = seed;
        for (int i = 0; i < part.length(); i++) {
            z = mix(z + part.charAt(i));
        }
        return mix(z);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
