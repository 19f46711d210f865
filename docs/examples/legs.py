"""Cuts the audio of a leg into the records that Undertone asks for, by the rules of docs/integrators.md. Needs no Kafka client."""

import heapq
from itertools import count

CHUNK_MS = 200
BYTES_PER_SAMPLE = {"MULAW": 1, "ALAW": 1, "PCM_S16LE": 2, "PCM_F32LE": 4}


class Leg:
    """One role's audio of one call. Takes packets as a platform sends them, and hands records to publish(record) as dicts.

    Packets are put in order (rule 6): held_packets wait for one that is late; five of 20 ms are 100 ms. What comes later than that is left
    out and counted. Chunks have 200 ms (rule 4), and one each 10 s says what is known of the call, attributes; where positions jump a chunk ends, and nothing is filled in (rule 7). The audio stays in
    the encoding that it came in (rule 5).
    """

    def __init__(self, publish, call_id, role, encoding, rate_hz, held_packets=5, attributes=None):
        self.publish = publish
        self.record = {"callId": call_id, "role": role, "encoding": encoding, "sampleRateHz": rate_hz}
        self.rate_hz = rate_hz
        self.sample_bytes = BYTES_PER_SAMPLE[encoding]
        self.chunk_bytes = rate_hz * CHUNK_MS // 1000 * self.sample_bytes
        self.held_packets = held_packets
        self.held = []
        self.arrival = count()
        self.late = 0
        self.audio = bytearray()
        self.begin = 0  # position of the first sample in self.audio
        self.captured_at_ms = 0  # when it was spoken
        self.attributes = attributes or {}
        self.attributes_due = 0  # position from which they are said again

    def add(self, position, captured_at_ms, samples):
        """A packet: position of its first sample in the leg, by the source's own clock (rule 3), and when that was spoken (rule 8)."""
        if len(samples) % self.sample_bytes:
            raise ValueError("must be whole samples of %d bytes: %d bytes" % (self.sample_bytes, len(samples)))
        heapq.heappush(self.held, (position, next(self.arrival), captured_at_ms, samples))
        while len(self.held) > self.held_packets:
            self._take()

    def close(self):
        """The leg is over: what is left goes out, the last record with last set (rule 9)."""
        while self.held:
            self._take()
        self._send(len(self.audio), last=True)

    def _take(self):
        position, _, captured_at_ms, samples = heapq.heappop(self.held)
        end = self.begin + len(self.audio) // self.sample_bytes
        if position < end:  # came before, or too late
            self.late += 1
            return
        if position > end:
            if self.audio:
                self._send(len(self.audio))
            self.begin = position
        if not self.audio:
            self.captured_at_ms = captured_at_ms
        self.audio += samples
        while len(self.audio) >= self.chunk_bytes:
            self._send(self.chunk_bytes)

    def _send(self, size, last=False):
        record = dict(self.record, position=self.begin, capturedAt=self.captured_at_ms, audio=bytes(self.audio[:size]), last=last)
        if self.attributes and self.begin >= self.attributes_due:
            record["attributes"] = self.attributes
            self.attributes_due = self.begin + 10 * self.rate_hz
        self.publish(record)
        del self.audio[:size]
        samples = size // self.sample_bytes
        self.begin += samples
        self.captured_at_ms += samples * 1000 // self.rate_hz
