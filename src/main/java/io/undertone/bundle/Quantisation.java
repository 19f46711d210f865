package io.undertone.bundle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine needs to compute a bundle's networks in 8 bits: the value ranges of their convolutions' output channels, measured on
 * speech. The 8-bit weights are derived from the bundle's weights, not stored. Immutable.
 *
 * <p>{@code {"cnn-1": [[4.1, 0.9], [7.0, 2.2]]}} means that the first convolution of the network {@code cnn-1}, batch normalisation
 * included, gives values up to 4.1 in its first channel and up to 0.9 in its second.
 *
 * @param basis description of the speech that ranges were measured on
 * @param windows number of windows of that speech, 0 where there are no ranges
 * @param ranges by voter, the range of each channel of each of its convolutions in order, above 0. Other networks are computed in
 *     floats
 */
public record Quantisation(String basis, int windows, Map<String, List<List<Float>>> ranges) {
    /** All networks are computed in floats. */
    public static final Quantisation NONE = new Quantisation("", 0, Map.of());

    /** Far above the values of real networks, small enough that products in units of it stay finite. */
    private static final float MOST = 1e6f;

    private static final float LEAST = 1e-6f;

    public Quantisation {
        if (windows < 0 || (windows == 0) != ranges.isEmpty()) {
            throw new IllegalArgumentException("must be > 0 where there are ranges, else 0: quantisation.windows="
                    + windows + ", ranges=" + ranges.keySet());
        }
        Map<String, List<List<Float>>> copy = new LinkedHashMap<>();
        ranges.forEach((voter, convolutions) -> {
            List<List<Float>> checked = new ArrayList<>();
            for (int i = 0; i < convolutions.size(); i++) {
                checked.add(requireNumbers(voter + "[" + i + "]", convolutions.get(i)));
            }
            copy.put(voter, List.copyOf(checked));
        });
        ranges = Collections.unmodifiableMap(copy);
    }

    private static List<Float> requireNumbers(String name, List<Float> channels) {
        for (int i = 0; i < channels.size(); i++) {
            Float range = channels.get(i);
            if (range == null || !(range >= LEAST && range <= MOST)) {
                throw new IllegalArgumentException(
                        "ranges must be 1e-6 to 1e6: quantisation.ranges." + name + "[" + i + "]=" + range);
            }
        }
        return List.copyOf(channels);
    }

    /** Whether all networks are computed in floats. */
    public boolean absent() {
        return ranges.isEmpty();
    }

    /**
     * Whether a network can have ranges: it has two convolutions or more, since the first stays in floats, and does not flatten their
     * output, since some would be rewritten as matrices.
     */
    public static boolean fits(NetworkSpec spec) {
        return convolutions(spec) > 1 && spec.layers().stream().noneMatch(Layer.Flatten.class::isInstance);
    }

    /** Number of a network's convolutions, and so of its ranges. */
    public static int convolutions(NetworkSpec spec) {
        return channels(spec).size();
    }

    /** Output channels of each convolution of a network, and so the length of its range. */
    public static List<Integer> channels(NetworkSpec spec) {
        List<Integer> channels = new ArrayList<>();
        for (Layer layer : spec.layers()) {
            if (layer instanceof Layer.Conv1d conv) {
                channels.add(conv.out());
            } else if (layer instanceof Layer.Conv2d conv) {
                channels.add(conv.out());
            }
        }
        return channels;
    }

    /**
     * Checks that these are ranges of some networks.
     *
     * @throws IllegalArgumentException where one names no network, one that can't have ranges, or another number of convolutions
     */
    void requireNetworks(List<Voter.Network> networks) {
        Map<String, NetworkSpec> known = new LinkedHashMap<>();
        networks.forEach(network -> known.put(network.name(), network.spec()));
        ranges.forEach((voter, convolutions) -> {
            NetworkSpec spec = known.get(voter);
            if (spec == null) {
                throw new IllegalArgumentException("quantisation.ranges must be of networks of the bundle, "
                        + known.keySet() + ": voter=" + voter);
            }
            if (!fits(spec)) {
                throw new IllegalArgumentException(
                        "quantisation.ranges must be of networks with two convolutions or more"
                                + " and without flatten: voter=" + voter);
            }
            List<Integer> given = convolutions.stream().map(List::size).toList();
            if (!given.equals(channels(spec))) {
                throw new IllegalArgumentException(
                        "quantisation.ranges must have a number for each channel of each convolution of " + voter + ", "
                                + channels(spec) + ": numbers=" + given);
            }
        });
    }

    /** Human-readable list of the precisions that networks can be computed in. */
    public String describe() {
        if (absent()) {
            return "floats";
        }
        List<String> voters = new ArrayList<>(ranges.keySet());
        return "floats, or 8 bits (" + String.join(", ", voters) + "; ranges from " + windows + " windows of " + basis
                + ")";
    }
}
