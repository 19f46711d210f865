package io.undertone.web;

/** The page's address could not be listened on. The message names it and the remedy. */
public final class WebStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WebStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
