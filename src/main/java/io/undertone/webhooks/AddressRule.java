package io.undertone.webhooks;

import io.undertone.config.IpNetwork;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be posted to: public ones over TLS, and those of networks that are allowed by configuration. Any other could be a
 * service that trusts internal clients (server-side request forgery). Immutable.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special addresses</a>
 */
final class AddressRule {
    private static final List<IpNetwork> SPECIAL_4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, including cloud metadata services
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/3"); // multicast, reserved, broadcast

    /** The only public range of IPv6, except for the special ones below. */
    private static final IpNetwork PUBLIC_6 = IpNetwork.parse("2000::/3");

    private static final List<IpNetwork> SPECIAL_6 = networks(
            "2001::/23", // protocol assignments, Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // holds an IPv4 address that may be private
            "3fff::/20"); // documentation

    private final List<IpNetwork> allowed;

    AddressRule(List<IpNetwork> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<IpNetwork> networks(String... texts) {
        return List.of(texts).stream().map(IpNetwork::parse).toList();
    }

    /**
     * The reason why an address is refused; empty where it is allowed.
     *
     * @param tls whether the connection uses TLS
     */
    Optional<String> refusal(InetAddress address, boolean tls) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        if (!isPublic(address)) {
            return Optional.of(
                    "its address must be public or lie in webhooks.networks.allowed: " + address.getHostAddress());
        }
        return tls
                ? Optional.empty()
                : Optional.of("its URL must be https, or its address lie in webhooks.networks.allowed");
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? SPECIAL_4.stream().noneMatch(network -> network.contains(address))
                : PUBLIC_6.contains(address) && SPECIAL_6.stream().noneMatch(network -> network.contains(address));
    }
}
