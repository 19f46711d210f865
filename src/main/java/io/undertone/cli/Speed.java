package io.undertone.cli;

import io.undertone.source.Pace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --speed}: a number of times real time, or {@code max}. */
final class Speed implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
        if (value.equalsIgnoreCase("max")) {
            return Pace.MAX;
        }
        try {
            double speed = Double.parseDouble(value);
            if (speed > 0 && speed <= 1000) {
                return speed;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("must be a number over 0 (1: real time), at most 1000, or max: " + value);
    }
}
