package io.undertone.gateway;

/** A piece of audio as received. Its holder owns the bytes. */
final class Frame {
    private final AudioForm form;
    private final byte[] bytes;
    private final SourceTime time;
    private final long arrivedMs;

    /**
     * @param bytes not copied; the caller must not reuse them
     * @param arrivedMs when it was received, epoch ms
     */
    Frame(AudioForm form, byte[] bytes, SourceTime time, long arrivedMs) {
        this.form = form;
        this.bytes = bytes;
        this.time = time;
        this.arrivedMs = arrivedMs;
    }

    AudioForm form() {
        return form;
    }

    byte[] bytes() {
        return bytes;
    }

    SourceTime time() {
        return time;
    }

    long arrivedMs() {
        return arrivedMs;
    }

    /** Whole samples. */
    int samples() {
        return bytes.length / form.bytesPerSample();
    }
}
