package io.undertone.cli;

/** The `undertone` command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
