"""Publishes a mono 16-bit WAV file as the customer's leg of a call, in real time. Needs the kafka-python package.

    python3 docs/examples/publish_wav.py localhost:9092 call-1 customer.wav
"""

import sys
import time
import wave

from undertone_avro import Schema

CHUNK_MS = 200


def chunks(path, call_id, started_at_ms):
    """The records of a file, in order, as dicts."""
    with wave.open(path, "rb") as audio:
        if audio.getnchannels() != 1 or audio.getsampwidth() != 2:
            raise ValueError("must be mono and 16 bit: " + path)
        rate, total, position = audio.getframerate(), audio.getnframes(), 0
        while position < total:
            samples = audio.readframes(rate * CHUNK_MS // 1000)
            after = position + len(samples) // 2
            yield {
                "callId": call_id,
                "role": "CUSTOMER",
                "position": position,
                "capturedAt": started_at_ms + position * 1000 // rate,
                "encoding": "PCM_S16LE",
                "sampleRateHz": rate,
                "audio": samples,
                "last": after >= total,
            }
            position = after


def main():
    from kafka import KafkaProducer

    bootstrap, call_id, path = sys.argv[1:]
    schema = Schema.load("schemas/AudioChunk.avsc")
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all")
    started_at_ms = int(time.time() * 1000)
    for chunk in chunks(path, call_id, started_at_ms):
        time.sleep(max(0, (chunk["capturedAt"] + CHUNK_MS) / 1000 - time.time()))  # when its last sample has been spoken
        # The key is the call id: all of a call goes to one partition, in order.
        producer.send("audio-chunks", key=call_id.encode(), value=schema.encode(chunk))
    producer.flush()


if __name__ == "__main__":
    main()
