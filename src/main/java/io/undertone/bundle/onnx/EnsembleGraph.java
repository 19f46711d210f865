package io.undertone.bundle.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.InverseCosine;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.Shape;
import io.undertone.bundle.SpeechPicture;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * All networks of a bundle in one graph, from coefficients to probabilities; shared parts are computed once.
 *
 * <p>Inputs: {@code windows}, {@code [n][coefficients]} for windows pooled by mean, or {@code [n][rows][coefficients]} for
 * frames, zeros after a window's last row; for frames also {@code rows}, {@code [n]}; and for pictures of speech
 * {@code speech}, {@code [n][rows]}, 1 for speech, otherwise 0; 1 for all own rows where none is speech. Output: {@code probabilities},
 * {@code [n][network][label]}.
 */
final class EnsembleGraph {
    private final BundleContent content;
    private final WeightPlace place;
    private final Sequences sequences;
    private final Quantisation quantisation;
    private final boolean observed;
    private final OnnxGraph graph;
    private final Map<Prepared, String> prepared = new HashMap<>();

    private record Prepared(InputPreparation preparation, Shape shape) {}

    private EnsembleGraph(
            BundleContent content,
            WeightPlace place,
            Sequences sequences,
            Quantisation quantisation,
            boolean observed) {
        this.content = content;
        this.place = place;
        this.sequences = sequences;
        this.quantisation = quantisation;
        this.observed = observed;
        this.graph = new OnnxGraph(content.name());
    }

    /** The graph's bytes. */
    static byte[] of(BundleContent content, WeightPlace place, Sequences sequences) {
        return new EnsembleGraph(content, place, sequences, Quantisation.NONE, false).build();
    }

    /** With networks that have ranges computed in 8 bits; batch normalisations must be folded in, channels may be balanced. */
    static byte[] inBytes(BundleContent content, Quantisation quantisation) {
        return new EnsembleGraph(content, WeightPlace.INSIDE, Sequences.AS_IMAGES, quantisation, false).build();
    }

    /** With the output of each convolution, of networks that {@link Quantisation#fits}, as further outputs. */
    static byte[] observed(BundleContent content) {
        return new EnsembleGraph(content, WeightPlace.INSIDE, Sequences.AS_IMAGES, Quantisation.NONE, true).build();
    }

    private byte[] build() {
        FeatureSpec features = content.features();
        int maxRows = content.networkRows();
        if (maxRows == 0) {
            graph.floatInput("windows", "n", features.rowValues());
        } else {
            graph.floatInput("windows", "n", maxRows, features.rowValues());
        }
        if (needsRows(content)) {
            graph.longInput("rows", "n");
        }
        if (needsSpeech(content)) {
            graph.floatInput("speech", "n", maxRows);
        }
        StepMasks own = new StepMasks(graph, true);
        StepMasks all = new StepMasks(graph, false);
        TransformedNetworks transformed = new TransformedNetworks(graph);
        List<String> outputs = new ArrayList<>();
        for (Voter.Network voter : content.networks()) {
            String input = prepare(voter.preparation(), voter.spec().input());
            StepMasks masks = voter.preparation() instanceof InputPreparation.Frames ? own : all;
            String probabilities = sequences == Sequences.ON_TRANSFORMS && TransformedNetworks.fits(voter.spec())
                    ? transformed.add(voter, input)
                    : network(voter, masks, input);
            outputs.add(graph.node("Unsqueeze", List.of(probabilities, graph.longs("axis-1", List.of(1), 1))));
        }
        graph.node("Concat", outputs, "probabilities", Attribute.number("axis", 1));
        graph.floatOutput("probabilities", "n", outputs.size(), content.labels().size());
        return graph.toBytes(documentation(maxRows), metadata());
    }

    private String network(Voter.Network voter, StepMasks masks, String input) {
        List<List<Float>> ranges = quantisation.ranges().get(voter.name());
        QuantisedLayers quantised = ranges == null ? QuantisedLayers.NONE : QuantisedLayers.of(voter.weights(), ranges);
        NetworkGraph network = new NetworkGraph(graph, voter, place, masks, sequences, quantised);
        String probabilities = network.add(input);
        if (observed && Quantisation.fits(voter.spec())) {
            for (int i = 0; i < network.convolved().size(); i++) {
                String name = OnnxExport.convolution(voter.name(), i);
                graph.node("Identity", List.of(network.convolved().get(i)), name);
                graph.floatOutput(name, "n", name + "-channels", name + "-height", name + "-width");
            }
        }
        return probabilities;
    }

    private String prepare(InputPreparation preparation, Shape shape) {
        return prepared.computeIfAbsent(new Prepared(preparation, shape), key -> {
            String values = "windows";
            if (preparation instanceof InputPreparation.Standardise standardise) {
                values = standardise(standardise);
            } else if (preparation instanceof InputPreparation.Frames frames) {
                values = frames(frames);
            } else if (preparation instanceof InputPreparation.PictureOfSpeech ofSpeech) {
                values = picture(ofSpeech.picture(), ofSpeech.columns());
            }
            return graph.reshape(values, sequences.axes(shape));
        });
    }

    private String standardise(InputPreparation.Standardise standardise) {
        List<Integer> axes = List.of(standardise.mean().size());
        String mean = graph.floats("mean-" + prepared.size(), axes, floats(standardise.mean()));
        String scale = graph.floats("scale-" + prepared.size(), axes, floats(standardise.scale()));
        return graph.node("Mul", List.of(graph.node("Sub", List.of("windows", mean)), scale));
    }

    /** Frequency first, time last, as 2-D networks and networks over time read them. */
    private String frames(InputPreparation.Frames frames) {
        String values = "windows";
        if (frames.inverseDct()) {
            values = graph.node("MatMul", List.of(values, inverse(frames.scale())));
        } else if (frames.scale() != 1) {
            values = graph.node("Mul", List.of(values, number(frames.scale())));
        }
        return graph.node("Transpose", List.of(values), Attribute.numbers("perm", List.of(0, 2, 1)));
    }

    /** As {@link SpeechPicture} does: step j is row j modulo the window's rows. */
    private String picture(SpeechPicture picture, List<Integer> columns) {
        int rows = content.networkRows();
        String bands = graph.node("MatMul", List.of("windows", inverse(1 / picture.scaleDb())));
        String speech = graph.reshape("speech", List.of(1, rows));
        String count = graph.node("ReduceSum", List.of(speech, graph.longs("axis-2", List.of(1), 2)));
        // ReduceSum adds in another order for a single window, so results would differ in the last bits.
        String sum = graph.node("MatMul", List.of(speech, bands));
        String off = graph.node("Sub", List.of(bands, graph.node("Div", List.of(sum, count))));
        String cut = graph.node("Clip", List.of(off, number(picture.low()), number(picture.high())));
        if (!columns.isEmpty()) {
            long[] shown = columns.stream().mapToLong(column -> column).toArray();
            String indices = graph.longs("columns-" + columns, List.of(shown.length), shown);
            String after = graph.node("Gather", List.of("windows", indices), Attribute.number("axis", 2));
            cut = graph.node("Concat", List.of(cut, after), Attribute.number("axis", 2));
        }
        long[] steps = LongStream.range(0, picture.steps()).toArray();
        String all = graph.longs("steps-" + picture.steps(), List.of(1, steps.length, 1), steps);
        String own = graph.reshape("rows", List.of(1, 1));
        String row = graph.node("Mod", List.of(all, own));
        String repeated = graph.node("GatherND", List.of(cut, row), Attribute.number("batch_dims", 1));
        return graph.node("Transpose", List.of(repeated), Attribute.numbers("perm", List.of(0, 2, 1)));
    }

    private String number(float value) {
        return graph.floats("number-" + value, List.of(), new float[] {value});
    }

    private String inverse(float scale) {
        int coefficients = content.features().coefficients();
        int bands = content.features().melBands();
        float[][] matrix = InverseCosine.matrix(coefficients, bands);
        // Zeros for what follows the coefficients.
        int rowValues = content.features().rowValues();
        float[] turned = new float[rowValues * bands];
        for (int band = 0; band < bands; band++) {
            for (int c = 0; c < coefficients; c++) {
                turned[c * bands + band] = matrix[band][c] * scale;
            }
        }
        return graph.floats("inverse-dct-" + scale, List.of(rowValues, bands), turned);
    }

    private static boolean needsRows(BundleContent content) {
        return content.networkRows() > 0;
    }

    private static boolean needsSpeech(BundleContent content) {
        return content.networks().stream().anyMatch(voter -> voter.preparation().needsSpeech());
    }

    private String documentation(int maxRows) {
        String shape = maxRows == 0
                ? "[n][" + content.features().rowValues() + "]"
                : "[n][" + maxRows + "][" + content.features().rowValues() + "], zeros after a window's last row";
        return "The networks of the Undertone bundle " + content.name() + " " + content.version()
                + ". Input windows: MFCCs"
                + (content.features().pitch() == null ? "" : ", then contour, height and voicing of the pitch,")
                + " of the bundle's feature spec, float32 " + shape
                + (needsRows(content) ? "; input rows: int64 [n], rows of each window" : "")
                + (needsSpeech(content)
                        ? "; input speech: float32 [n][" + maxRows
                                + "], 1 for rows that are speech, 0 else, 1 for all of a window's rows where none is"
                        : "")
                + ". Output probabilities: float32 [n][" + content.networks().size() + " networks]["
                + content.labels().size() + " labels].";
    }

    private Map<String, String> metadata() {
        return new TreeMap<>(Map.of(
                "labels", String.join(",", content.labels()),
                "voters", content.networks().stream().map(Voter::name).collect(Collectors.joining(",")),
                "feature_spec", content.features().toString(),
                "feature_spec_fingerprint", content.features().fingerprint(),
                "name", content.name(),
                "version", content.version()));
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
