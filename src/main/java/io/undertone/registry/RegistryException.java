package io.undertone.registry;

/** The schema registry does not answer, or refuses what it is asked. The message names the registry, the rule and the remedy. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
