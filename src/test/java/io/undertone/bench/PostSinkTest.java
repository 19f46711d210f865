package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class PostSinkTest {
    @Test
    void shouldTakePostsAndCountThem() throws Exception {
        try (PostSink sink = PostSink.start()) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest post = HttpRequest.newBuilder(sink.address())
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(post, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(204);
            }
            assertThat(sink.posts()).isEqualTo(3);
        }
    }
}
