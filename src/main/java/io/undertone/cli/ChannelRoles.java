package io.undertone.cli;

import io.undertone.Role;
import io.undertone.source.CallFile;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code --roles}: the role of each channel, separated by commas, case-insensitive.
 *
 * @param roles empty for a skipped channel, {@code -}
 */
record ChannelRoles(List<Optional<Role>> roles) {
    static final class Converter implements ITypeConverter<ChannelRoles> {
        @Override
        public ChannelRoles convert(String value) {
            try {
                return new ChannelRoles(CallFile.roles(value));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "must be customer, agent, unknown or - (leave out), separated by commas: " + value);
            }
        }
    }
}
