package io.undertone;

import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Where {@code CI=true}, a test that is skipped for want of what continuous integration installs has failed: nobody reads there what was
 * skipped. Registered for all tests in {@code META-INF/services}.
 */
public final class NoSkipsInCi implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    private static final Pattern INSTALLED = Pattern.compile("(?i)chromium|chromedriver|kcat|registry|bundle");

    private final boolean inCi;

    /** By the environment. */
    public NoSkipsInCi() {
        this("true".equals(System.getenv("CI")));
    }

    NoSkipsInCi(boolean inCi) {
        this.inCi = inCi;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw judge(thrown);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw judge(thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw judge(thrown);
    }

    /** What becomes of it: a failure in place of such a skip, anything else as it is. */
    Throwable judge(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return inCi
                        && thrown instanceof TestAbortedException
                        && INSTALLED.matcher(message).find()
                ? new AssertionError("must not be skipped where CI=true: " + message, thrown)
                : thrown;
    }
}
