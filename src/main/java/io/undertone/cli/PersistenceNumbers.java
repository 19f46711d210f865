package io.undertone.cli;

import io.undertone.bundle.Persistence;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code SECONDS,EVIDENCE,TEMPERATURE}. */
final class PersistenceNumbers implements ITypeConverter<Persistence> {
    @Override
    public Persistence convert(String text) {
        String[] numbers = text.split(",", -1);
        if (numbers.length != 3) {
            throw unreadable(text);
        }
        try {
            return new Persistence(
                    Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
        } catch (NumberFormatException e) {
            throw unreadable(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static TypeConversionException unreadable(String text) {
        return new TypeConversionException("must be three numbers, SECONDS,EVIDENCE,TEMPERATURE: persistence=" + text);
    }
}
