package io.undertone.gateway;

/** The gateway cannot start listening. */
public final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GatewayStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
