package io.undertone.bundle;

/** What a temperature of confidences may be, wherever it is given. */
public final class TemperatureRule {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    private TemperatureRule() {}

    /**
     * Checks one.
     *
     * @param name of what it is the temperature of, for the error
     * @throws IllegalArgumentException where it is out of bounds
     */
    public static void require(String name, double temperature) {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new IllegalArgumentException("must be 0.05 to 20: " + name + "=" + temperature);
        }
    }
}
