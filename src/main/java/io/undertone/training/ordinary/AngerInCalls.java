package io.undertone.training.ordinary;

import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.training.calls.MixedCalls;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.corpus.Clip;
import io.undertone.training.score.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much anger is found in calls where ordinary speech raises at most one false alarm an hour, all judged as served: of each speaker
 * there is a call that is neutral but for one angry stretch of six utterances, which is found where an alarm ({@link AngerAlarms}) is
 * raised in one of its windows.
 *
 * @param threshold the lowest probability of anger, in two windows in a row, with no more false alarms than hours
 * @param hours of ordinary speech, pauses included
 * @param falseAlarms that it raises from the threshold on
 * @param stretches angry ones
 * @param found those in which an alarm is raised
 * @param recall share that is found, with its error over speakers
 */
public record AngerInCalls(double threshold, double hours, int falseAlarms, int stretches, int found, Figure recall) {
    private record Stretch(String speaker, AngerAlarms alarms, List<Integer> angry) {
        boolean isFound(double threshold) {
            return alarms.isRaised(threshold, angry.stream().mapToInt(window -> window));
        }
    }

    /** The calls to be played: one for each speaker who is heard angry and neutral. */
    public static List<StagedCall> calls(List<Clip> clips, long seed) {
        return MixedCalls.withStretchOf(AngerAlarms.ANGRY, clips, seed);
    }

    /**
     * The figures.
     *
     * @param ordinary calls of ordinary speech
     * @param calls what is said of {@link #calls}
     * @param persistence by which a bundle judges live
     * @param temperature of the confidences of windows judged by themselves
     */
    public static AngerInCalls of(
            List<JudgedCall> ordinary,
            StagedOpinions calls,
            List<String> labels,
            Persistence persistence,
            double temperature) {
        List<Stretch> stretches = calls.calls().stream()
                .map(call -> stretch(call, labels, persistence, temperature))
                .toList();
        List<AngerAlarms> alarms = ordinary.stream()
                .map(call -> AngerAlarms.of(
                        call.call().opinions().windows(), call.served().windows()))
                .toList();
        double hours = OrdinaryFigures.hours(ordinary);
        double threshold = threshold(alarms, hours);
        return new AngerInCalls(
                threshold,
                hours,
                count(alarms, threshold),
                stretches.size(),
                found(stretches, threshold),
                Figure.of(stretches, Stretch::speaker, some -> (double) found(some, threshold) / some.size()));
    }

    private static Stretch stretch(
            StagedOpinions.Call call, List<String> labels, Persistence persistence, double temperature) {
        CallOpinions opinions = call.opinions();
        List<Said> said = opinions.windows();
        int angry = labels.indexOf(AngerAlarms.ANGRY);
        return new Stretch(
                call.script().clips().get(0).speakerKey(),
                AngerAlarms.of(said, opinions.verdicts(labels, persistence, temperature)),
                IntStream.range(0, said.size())
                        .filter(i -> said.get(i).label() == angry)
                        .boxed()
                        .toList());
    }

    /** From the highest score of ordinary speech downwards, as long as there are no more alarms than hours. */
    private static double threshold(List<AngerAlarms> ordinary, double hours) {
        List<Double> scores = ordinary.stream()
                .flatMap(call -> call.scores().stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        double lowest = scores.isEmpty() ? 0 : Math.nextUp(scores.get(0));
        for (double score : scores) {
            if (count(ordinary, score) > hours) {
                return lowest;
            }
            lowest = score;
        }
        return lowest;
    }

    private static int count(List<AngerAlarms> calls, double threshold) {
        return calls.stream().mapToInt(call -> call.count(threshold)).sum();
    }

    private static int found(List<Stretch> stretches, double threshold) {
        return (int)
                stretches.stream().filter(stretch -> stretch.isFound(threshold)).count();
    }
}
