package io.undertone.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request with its response. A handler calls exactly one of the methods that respond. */
final class Exchange {
    private static final int FORM_MAX_BYTES = 4_096;

    final Request request;
    final Response response;
    final Callback callback;
    private final Map<String, String> parameters;
    private @Nullable Fields query;

    /**
     * An exchange.
     *
     * @param parameters values of the route's names in braces
     */
    Exchange(Request request, Response response, Callback callback, Map<String, String> parameters) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.parameters = Map.copyOf(parameters);
    }

    /** A part of the path by its name in the route. */
    String inPath(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    /** A query parameter; null if absent. */
    @Nullable
    String inQuery(String name) {
        Fields fields = query;
        if (fields == null) {
            fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
            query = fields;
        }
        return fields.getValue(name);
    }

    @Nullable
    String header(String name) {
        return request.getHeaders().get(name);
    }

    /** The request body as text: a form, or a small JSON object. */
    String text() throws IOException {
        long length = request.getLength();
        if (length < 0 || length > FORM_MAX_BYTES) {
            throw new BadRequestException(
                    "the body must have a stated length of at most " + FORM_MAX_BYTES + " bytes: " + length);
        }
        return Content.Source.asString(request, StandardCharsets.UTF_8);
    }

    /** The value of a field of the submitted form; empty if absent. */
    String inForm(String name) throws IOException {
        String form = text();
        Fields fields = new Fields();
        org.eclipse.jetty.util.UrlEncoded.decodeTo(form, fields::add, StandardCharsets.UTF_8);
        String value = fields.getValue(name);
        return value == null ? "" : value;
    }

    void json(String body) {
        json(200, body);
    }

    void json(int status, String body) {
        answer(status, "application/json", body);
    }

    void error(int status, String message) {
        json(status, LiveJson.error(status, message));
    }

    void answer(int status, String contentType, String body) {
        answer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, body.length));
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Responds with a file of the page, or with 304 if the browser has it. */
    void asset(WebAsset asset) {
        response.getHeaders().put(HttpHeader.ETAG, asset.tag());
        // Revalidated each time, so that a new version of the program is used at once.
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        if (asset.tag().equals(header("If-None-Match"))) {
            response.setStatus(304);
            response.write(true, ByteBuffer.allocate(0), callback);
        } else {
            answer(200, asset.contentType(), asset.bytes());
        }
    }

    void redirect(String to) {
        response.setStatus(303);
        response.getHeaders().put(HttpHeader.LOCATION, to);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** What was asked cannot be: status 400. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadRequestException(String message) {
            super(message);
        }
    }
}
