// A recording that is dropped on the page, or chosen: sent to be judged, then shown as a call that has ended. Nothing of it is kept.
import {say} from './text.js';

const AGAIN_MS = 3_000, TRIES = 10;

export class Recordings {
  #parts;
  #limits = null;
  #busy = false;

  /** @param parts button, input, zone (shown while something is dragged), note (what is being done), show (gets the answer) */
  constructor(parts) {
    this.#parts = parts;
    parts.button.addEventListener('click', () => parts.input.click());
    parts.input.addEventListener('change', () => {
      this.#send(parts.input.files[0]);
      parts.input.value = '';
    });
    const drags = event => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
    let inside = 0;
    document.addEventListener('dragenter', event => {
      if (drags(event)) parts.zone.hidden = ++inside === 0 || !this.#limits;
    });
    document.addEventListener('dragleave', event => {
      if (drags(event) && --inside <= 0) parts.zone.hidden = true;
    });
    document.addEventListener('dragover', event => {
      if (drags(event)) event.preventDefault();
    });
    document.addEventListener('drop', event => {
      if (!drags(event)) return;
      // Without this the browser would leave the page and play the file.
      event.preventDefault();
      inside = 0;
      parts.zone.hidden = true;
      this.#send(event.dataTransfer.files[0]);
    });
  }

  /** Asks whether recordings are judged here. */
  async ask() {
    const answer = await json('/api/classify');
    this.#limits = answer.available ? answer : null;
    this.#parts.button.hidden = !this.#limits;
  }

  async #send(file) {
    const {note, show} = this.#parts;
    if (!file || !this.#limits || this.#busy) return;
    const {maxBytes} = this.#limits;
    if (file.size > maxBytes) {
      say(note, `${file.name} is larger than ${Math.floor(maxBytes / 1048576)} MB`);
      return;
    }
    this.#busy = true;
    say(note, `listening to ${file.name} …`);
    const name = file.name.replace(/\.[^.]*$/, '').slice(0, 200) || 'recording';
    let answer;
    for (let tries = 0; tries < TRIES; tries++) {
      answer = await json(`/api/classify?callId=${encodeURIComponent(name)}`, {method: 'POST', body: file});
      // Turned away; a large file is then cut off before the answer has come.
      if (answer.status !== 503 && answer.status !== 0) break;
      say(note, 'waiting: other recordings are being judged');
      await new Promise(done => setTimeout(done, AGAIN_MS));
    }
    this.#busy = false;
    say(note, answer.summaries ? '' : answer.message);
    if (answer.summaries) show(answer);
  }
}

/** A recording's answer as legs, as the stream would tell of them. */
export function legsOf(recording) {
  return recording.summaries.map((summary, i) => {
    const events = recording.events.filter(event => event.role === summary.role);
    return {
      callId: recording.callId, role: summary.role, leg: -1 - i, startedAt: 0, heardAt: 0, durationMs: summary.durationMs, ended: true,
      windows: events.map(event => [event.index, event.startMs, event.endMs, event.label, event.confidence, event.agreement,
        event.sentiment, event.valence]),
      events, summary,
    };
  });
}

async function json(address, options) {
  try {
    const answer = await fetch(address, options);
    return await answer.json();
  } catch {
    return {status: 0, message: 'no connection'};
  }
}
