package io.undertone.cli;

import io.undertone.inference.EngineSettings.Precision;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --precision}: auto, float or int8. */
final class PrecisionName implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "auto" -> Precision.AUTO;
            case "float" -> Precision.FLOAT;
            case "int8" -> Precision.INT8;
            default -> throw new TypeConversionException("must be auto, float or int8: " + value);
        };
    }
}
