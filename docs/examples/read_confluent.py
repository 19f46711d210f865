"""Reads events and summaries together with confluent-kafka, and prints one line of JSON for each leg that has ended.

    python3 docs/examples/read_confluent.py localhost:9092 my-group

Nothing is lost whatever dies: what is committed is never past a record of a leg that has not been printed yet. A leg may be printed twice
then; know it by callId and role. Several readers may share the group, as both topics have the same number of partitions. Stop it with
Ctrl-C.
"""

import json
import signal
import sys

from undertone_avro import Schema

TOPICS = {"emotion-events": "schemas/EmotionEvent.avsc", "call-summaries": "schemas/CallSummary.avsc"}
SETTINGS = {
    "isolation.level": "read_committed",  # events of a transaction that is taken back must not be seen
    "enable.auto.offset.store": False,
    "auto.offset.reset": "earliest",
    "partition.assignment.strategy": "range",  # the same partition of both topics goes to the same reader
}


class Legs:
    """Joins what the two topics say of a leg. Records of a leg come in order within a topic, not between the two."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.events = {}  # by leg: events by eventId, so that one that comes twice counts once
        self.summaries = {}
        self.open = {}  # by topic and partition: the first offset of each leg that is not over
        self.next = {}  # by topic and partition: the offset after the newest

    def take(self, topic, partition, offset, record):
        """Returns what is to be said of a leg once its summary and all its events are there, else None."""
        leg = record["callId"], record["role"]
        self.open.setdefault((topic, partition), {}).setdefault(leg, offset)
        self.next[topic, partition] = offset + 1
        if topic == "call-summaries":
            self.summaries[leg] = record
        else:
            self.events.setdefault(leg, {})[record["eventId"]] = record
        summary, events = self.summaries.get(leg), self.events.get(leg, {})
        if summary is None or len(events) < summary["windows"]:  # windows that got a label have an event each
            return None
        del self.summaries[leg]
        self.events.pop(leg, None)
        for legs in self.open.values():
            legs.pop(leg, None)
        return report(summary, sorted(events.values(), key=lambda event: event["index"]))

    def offsets(self):
        """Where to go on after a restart, by topic and partition: nothing of an open leg lies before it."""
        return {at: min([*self.open[at].values(), offset]) for at, offset in self.next.items()}


def report(summary, events):
    judged = [event for event in events if event["valence"] is not None]
    worst = min(judged, key=lambda event: event["valence"], default=None)
    return {
        "callId": summary["callId"],
        "role": summary["role"],
        "durationMs": summary["durationMs"],
        "sentiment": summary["sentiment"],
        "trend": summary["trend"],
        "events": len(events),
        "lowestValence": worst and {key: worst[key] for key in ("startMs", "endMs", "label", "valence")},
    }


def main():
    from confluent_kafka import Consumer, KafkaException, TopicPartition

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
    schemas = {topic: Schema.load(path) for topic, path in TOPICS.items()}
    legs = Legs()
    consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": sys.argv[2], **SETTINGS})
    consumer.subscribe(list(TOPICS), on_revoke=lambda *_: legs.clear())
    try:
        while True:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            record = schemas[message.topic()].decode(message.value())
            said = legs.take(message.topic(), message.partition(), message.offset(), record)
            if said:
                print(json.dumps(said), flush=True)
                consumer.store_offsets(offsets=[TopicPartition(*at, offset) for at, offset in legs.offsets().items()])
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
