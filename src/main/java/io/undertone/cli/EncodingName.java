package io.undertone.cli;

import io.undertone.audio.SampleFormat;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --encoding}: mulaw, alaw, s16 or f32. */
final class EncodingName implements ITypeConverter<SampleFormat> {
    @Override
    public SampleFormat convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "mulaw" -> SampleFormat.MULAW;
            case "alaw" -> SampleFormat.ALAW;
            case "s16" -> SampleFormat.PCM_S16LE;
            case "f32" -> SampleFormat.PCM_F32LE;
            default -> throw new TypeConversionException("must be mulaw, alaw, s16 or f32: " + value);
        };
    }
}
