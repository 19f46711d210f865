package io.undertone.bundle;

/** The allowed range of confidence temperatures. */
public final class TemperatureRule {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    private TemperatureRule() {}

    /**
     * Checks a temperature.
     *
     * @param name of the setting, for the error
     * @throws IllegalArgumentException where it is out of bounds
     */
    public static void require(String name, double temperature) {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new IllegalArgumentException("must be 0.05 to 20: " + name + "=" + temperature);
        }
    }
}
