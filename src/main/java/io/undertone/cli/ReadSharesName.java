package io.undertone.cli;

import io.undertone.training.ReadShares;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --priors}. */
final class ReadSharesName implements ITypeConverter<ReadShares> {
    @Override
    public ReadShares convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "served" -> ReadShares.SERVED;
            case "learned" -> ReadShares.LEARNED;
            default -> throw new TypeConversionException("must be served or learned: " + value);
        };
    }
}
