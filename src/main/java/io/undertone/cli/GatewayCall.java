package io.undertone.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.Role;
import io.undertone.audio.AudioStream;
import io.undertone.caller.AsteriskCaller;
import io.undertone.caller.CallPlayer;
import io.undertone.caller.Caller;
import io.undertone.caller.GenesysCaller;
import io.undertone.caller.TwilioCaller;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.gateway.GatewayStage;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Consumer;

/**
 * A call played into the gateway by a client of a platform's protocol.
 *
 * @param platform one of {@link #PLATFORMS}
 * @param call the customer's channel, alone or with the agent's
 * @param speed multiple of real time
 * @param registry for the gateway's metrics
 * @param say receives the gateway's address
 */
record GatewayCall(String platform, PlayedCall call, double speed, MeterRegistry registry, Consumer<String> say)
        implements CallSource {
    /** Platforms with a client. */
    static final List<String> PLATFORMS = List.of("twilio", "genesys", "asterisk");

    @Override
    public void play(UndertoneConfig config) throws IOException, InterruptedException {
        int customer = channel(Role.CUSTOMER);
        if (customer == CallPlayer.NOBODY || call.voices().size() > 2) {
            throw new Failure("a call through the gateway must have a customer and at most one other side: voices="
                    + call.voices());
        }
        int other = call.voices().stream()
                .map(Voice::channel)
                .filter(channel -> channel != customer)
                .findFirst()
                .orElse(CallPlayer.NOBODY);
        try (GatewayStage gateway = GatewayStage.start(config, registry);
                AudioStream audio = call.audio().open()) {
            say.accept("the gateway: " + gateway.address() + "/" + platform);
            try (Caller caller = connect(gateway.address(), config, other != CallPlayer.NOBODY)) {
                CallPlayer.play(audio, customer, other, speed, caller);
            }
        }
    }

    private int channel(Role role) {
        return call.voices().stream()
                .filter(voice -> voice.role() == role)
                .map(Voice::channel)
                .findFirst()
                .orElse(CallPlayer.NOBODY);
    }

    private Caller connect(URI gateway, UndertoneConfig config, boolean both) {
        HttpClient client = HttpClient.newHttpClient();
        int rate = call.audio().sampleRateHz();
        return switch (platform) {
            case "twilio" ->
                TwilioCaller.connect(client, gateway, config.gateway().twilioAuthToken(), call.callId(), rate, both);
            case "genesys" ->
                GenesysCaller.connect(
                        client,
                        gateway,
                        config.gateway().genesysApiKey(),
                        config.gateway().genesysClientSecret(),
                        call.callId(),
                        both);
            case "asterisk" ->
                AsteriskCaller.connect(client, gateway, config.gateway().token(), call.callId(), both);
            default -> throw new Failure("there is no client of " + platform + "; there are " + PLATFORMS);
        };
    }
}
