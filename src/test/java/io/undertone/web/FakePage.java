package io.undertone.web;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A browser whose network is this test: what is written to it stays on its way until {@link #receive}. */
final class FakePage {
    final List<Write> writes = new CopyOnWriteArrayList<>();
    volatile int status;
    volatile @Nullable Throwable failure;
    private volatile boolean succeeded;
    private volatile @Nullable Consumer<Throwable> whenLost;
    private final HttpFields headers;

    /** A message on its way. */
    record Write(boolean last, String text, Callback callback) {}

    FakePage() {
        this("");
    }

    /** @param lastEventId what it saw last; empty for a page that has just been opened */
    FakePage(String lastEventId) {
        headers = lastEventId.isEmpty()
                ? HttpFields.EMPTY
                : HttpFields.from(new org.eclipse.jetty.http.HttpField("Last-Event-ID", lastEventId));
    }

    Exchange exchange() {
        return new Exchange(request(), response(), callback(), Map.of());
    }

    /** The oldest message that is on its way arrives. */
    void receive(int number) {
        writes.get(number).callback().succeeded();
    }

    /** The connection breaks. */
    void lose() {
        Consumer<Throwable> listener = whenLost;
        if (listener != null) {
            listener.accept(new java.io.IOException("gone"));
        }
    }

    /** Whether the answer is over without a fault. */
    boolean isOver() {
        return succeeded;
    }

    String text(int number) {
        return writes.get(number).text();
    }

    Callback callback() {
        return Callback.from(() -> succeeded = true, why -> failure = why);
    }

    Response response() {
        HttpFields.Mutable answered = HttpFields.build();
        return (Response) Proxy.newProxyInstance(
                FakePage.class.getClassLoader(), new Class<?>[] {Response.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getHeaders" -> {
                            return answered;
                        }
                        case "setStatus" -> status = (Integer) arguments[0];
                        case "write" ->
                            write((Boolean) arguments[0], (ByteBuffer) arguments[1], (Callback) arguments[2]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void write(boolean last, ByteBuffer bytes, Callback done) {
        writes.add(
                new Write(last, StandardCharsets.UTF_8.decode(bytes.duplicate()).toString(), done));
    }

    @SuppressWarnings("unchecked")
    private Request request() {
        return (Request) Proxy.newProxyInstance(
                FakePage.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getHeaders" -> {
                            return headers;
                        }
                        case "addFailureListener" -> whenLost = (Consumer<Throwable>) arguments[0];
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
