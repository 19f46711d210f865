package io.undertone.cli;

import io.undertone.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --roles}: roles separated by commas, case-insensitive. */
record RoleList(List<Role> roles) {
    static final class Converter implements ITypeConverter<RoleList> {
        @Override
        public RoleList convert(String value) {
            try {
                return new RoleList(Arrays.stream(value.split(",", -1))
                        .map(name -> Role.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                        .toList());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be customer, agent or unknown, separated by commas: " + value);
            }
        }
    }
}
