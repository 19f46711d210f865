package io.undertone.cli;

import io.undertone.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code --roles}: whose voice each channel holds, separated by commas, in any case.
 *
 * @param roles absent for a channel to leave out, {@code -}
 */
record ChannelRoles(List<Optional<Role>> roles) {
    static final String LEFT_OUT = "-";

    static final class Converter implements ITypeConverter<ChannelRoles> {
        @Override
        public ChannelRoles convert(String value) {
            try {
                return new ChannelRoles(Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .map(name -> name.equals(LEFT_OUT)
                                ? Optional.<Role>empty()
                                : Optional.of(Role.valueOf(name.toUpperCase(Locale.ROOT))))
                        .toList());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "must be customer, agent, unknown or - (leave out), separated by commas: " + value);
            }
        }
    }
}
