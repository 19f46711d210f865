package io.undertone.conversation;

import io.undertone.Role;

/** Legs as pictures: a letter for each 100 ms, # loud, + half as loud, - quiet, 0 digital silence, a space where nothing came. */
final class Tracks {
    static final long FIRST_SLOT = 17_900_000_000L;

    private Tracks() {}

    static LegTrack of(Role role, int firstSlot, String picture) {
        byte[] levels = new byte[picture.length()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = switch (picture.charAt(i)) {
                case '#' -> level(-20);
                case '+' -> level(-26);
                case '-' -> level(-60);
                case '0' -> SlotLevels.DIGITAL_SILENCE;
                default -> SlotLevels.NO_AUDIO;
            };
        }
        return new LegTrack(role, FIRST_SLOT + firstSlot, levels);
    }

    static byte level(double db) {
        return (byte) (256 + Math.round(2 * db));
    }

    /** A second a letter. */
    static LegTrack seconds(Role role, String picture) {
        StringBuilder slots = new StringBuilder();
        picture.chars()
                .forEach(letter -> slots.append(Character.toString(letter).repeat(10)));
        return of(role, 0, slots.toString());
    }
}
