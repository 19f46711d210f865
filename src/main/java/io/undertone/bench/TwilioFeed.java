package io.undertone.bench;

import io.undertone.caller.TwilioCaller;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A leg sent to the gateway in Twilio's protocol: both tracks, of which the customer's is measured. */
final class TwilioFeed implements LegFeed {
    private final HttpClient client;
    private final URI gateway;
    private final String authToken;
    private final String callId;
    private final int sampleRateHz;
    private @Nullable TwilioCaller caller;

    TwilioFeed(HttpClient client, URI gateway, String authToken, String callId, int sampleRateHz) {
        this.client = client;
        this.gateway = gateway;
        this.authToken = authToken;
        this.callId = callId;
        this.sampleRateHz = sampleRateHz;
    }

    @Override
    public void send(long position, byte[] samples, boolean last) {
        TwilioCaller open = caller;
        if (open == null) {
            open = TwilioCaller.connect(client, gateway, authToken, callId, sampleRateHz, true);
            caller = open;
        }
        open.frame(position * 1_000 / sampleRateHz, samples, List.of(samples));
        if (last) {
            open.close();
        }
    }
}
