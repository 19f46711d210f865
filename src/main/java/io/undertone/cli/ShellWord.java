package io.undertone.cli;

import java.util.regex.Pattern;

/** An argument as a POSIX shell must be given it. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    /** The argument itself where no character of it means anything to a shell, else in single quotes. */
    static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
