"""Publishes the channels of a WAV file as the legs of a call, in real time, with confluent-kafka and all rules of docs/integrators.md.

    python3 docs/examples/publish_confluent.py localhost:9092 call-1 call.wav agent,customer

A role for each channel; "-" leaves a channel out, such as a mixture, which has no role.
"""

import sys
import time
import wave

from legs import Leg
from undertone_avro import Schema

PACKET_MS = 20
SETTINGS = {
    "acks": "all",  # rule 10, and what comes with it: nothing is lost, nothing comes twice, little is sent
    "enable.idempotence": True,
    "compression.type": "lz4",
    "linger.ms": 5,
    "partitioner": "murmur2_random",  # rule 2: as Java's, so that a call stays in its partition whoever publishes it
}


class Publisher:
    """Sends records to audio-chunks, by call. Faults show at the next call, or at close."""

    def __init__(self, producer, schema, topic="audio-chunks"):
        self.producer = producer
        self.schema = schema
        self.topic = topic
        self.fault = None

    def publish(self, record):
        key, value = record["callId"].encode(), self.schema.encode(record)
        while True:
            self._check()
            try:
                self.producer.produce(self.topic, key=key, value=value, on_delivery=self._delivered)
                self.producer.poll(0)
                return
            except BufferError:  # Kafka is slow or away: wait, since what is left out would be a gap
                self.producer.poll(0.1)

    def close(self):
        if self.producer.flush(60):
            raise RuntimeError("not all records were taken within a minute")
        self._check()

    def _delivered(self, error, message):
        self.fault = self.fault or error

    def _check(self):
        if self.fault:
            raise RuntimeError("a record was not taken: %s" % self.fault)


def packets(path, channels):
    """The file as a telephone would send it: position, channel, samples."""
    with wave.open(path, "rb") as audio:
        if audio.getsampwidth() != 2 or audio.getnchannels() != channels:
            raise ValueError("must have 16 bits and %d channels: %s" % (channels, path))
        position, frames = 0, audio.getframerate() * PACKET_MS // 1000
        while True:
            samples = audio.readframes(frames)
            if not samples:
                return
            pairs = memoryview(samples).cast("h")
            for channel in range(channels):
                yield position, channel, pairs[channel::channels].tobytes()
            position += len(pairs) // channels


def main():
    from confluent_kafka import Producer

    bootstrap, call_id, path, roles = sys.argv[1:]
    publisher = Publisher(Producer({"bootstrap.servers": bootstrap, **SETTINGS}), Schema.load("schemas/AudioChunk.avsc"))
    with wave.open(path, "rb") as audio:
        rate = audio.getframerate()
    roles = roles.upper().split(",")
    legs = {
        channel: Leg(publisher.publish, call_id, role, "PCM_S16LE", rate)
        for channel, role in enumerate(roles)
        if role != "-"  # rule 1
    }
    started_at_ms = int(time.time() * 1000)
    for position, channel, samples in packets(path, len(roles)):
        captured_at_ms = started_at_ms + position * 1000 // rate
        time.sleep(max(0, (captured_at_ms + PACKET_MS) / 1000 - time.time()))
        if channel in legs:
            legs[channel].add(position, captured_at_ms, samples)
    for leg in legs.values():
        leg.close()
    publisher.close()


if __name__ == "__main__":
    main()
