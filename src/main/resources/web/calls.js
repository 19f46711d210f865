// What the page knows of the calls, kept up by the stream.
import {END} from './band.js';
import {goingOf} from './mood.js';

/** The list shows the last three minutes of a leg; a few more windows cost nothing. */
const KEPT = 240;
/** Rows keep their order for so long: a list that moves all the time cannot be clicked. */
const ORDER_EVERY_MS = 5_000;
/** Attributes that say who it is. */
const FIRST = ['queue', 'agent', 'tags'];

export class Calls {
  legs = new Map();
  #offsetMs = 0;
  #places = new Map();
  #orderedAt = 0;

  /** Takes a message: everything (whole) or what changed. Returns the legs that it was about. */
  take(message, whole) {
    this.#offsetMs = message.now - Date.now();
    if (whole) this.legs.clear();
    for (const number of message.removed) this.legs.delete(number);
    return message.legs.map(told => {
      const known = this.legs.get(told.leg);
      const windows = known ? known.windows.concat(told.windows) : told.windows;
      const leg = {...told, windows: windows.length > KEPT ? windows.slice(-KEPT) : windows};
      leg.justEnded = Boolean(known && !known.ended && leg.ended);
      leg.fresh = told.windows;
      leg.going = told.windows.length || !known ? goingOf(leg.windows) : known.going;
      this.legs.set(leg.leg, leg);
      return leg;
    });
  }

  /** The server's time. */
  now() {
    return Date.now() + this.#offsetMs;
  }

  /** How far a leg is, in ms: while it is live, time goes on without a window too. */
  edgeMs(leg) {
    return leg.ended ? leg.durationMs : leg.durationMs + Math.min(3_600_000, Math.max(0, this.now() - leg.heardAt));
  }

  liveCount() {
    let count = 0;
    for (const leg of this.legs.values()) if (!leg.ended) count++;
    return count;
  }

  /** How the live calls go: how many are negative, neutral and positive by their newest eight windows, and how many said nothing yet. */
  moods() {
    const moods = {NEGATIVE: 0, NEUTRAL: 0, POSITIVE: 0, '': 0};
    for (const leg of this.legs.values()) if (!leg.ended) moods[leg.going.mood]++;
    return moods;
  }

  /** Alerts of the last ten minutes, the newest first, each with its call. */
  alerts() {
    const since = this.now() - 600_000, found = [];
    for (const leg of this.legs.values()) {
      for (const alert of leg.alerts || []) if (alert.capturedAt > since) found.push({...alert, callId: leg.callId});
    }
    return found.sort((a, b) => b.capturedAt - a.capturedAt);
  }

  /** How unpleasant each leg's last three minutes were when calls were last put in order. */
  #place(leg) {
    let place = this.#places.get(leg.leg);
    if (place === undefined) this.#places.set(leg.leg, place = leg.going.unpleasant);
    return place;
  }

  /**
   * The legs that a filter lets through: live ones first; with order worst those that have gone worst for longest, with arrival the
   * newest call.
   */
  chosen(filter) {
    if (Date.now() - this.#orderedAt > ORDER_EVERY_MS) {
      this.#orderedAt = Date.now();
      this.#places.clear();
    }
    const search = filter.search.toLowerCase();
    const byMood = filter.order === 'worst';
    return [...this.legs.values()]
      .filter(leg => (!search || isFound(leg, search))
        && (filter.which === 'all' || leg.ended === (filter.which === 'ended'))
        && holds(leg, filter))
      .sort((a, b) => a.ended - b.ended || (byMood && this.#place(b) - this.#place(a)) || b.startedAt - a.startedAt || a.leg - b.leg);
  }

  /** The legs of one call. */
  ofCall(callId) {
    return [...this.legs.values()].filter(leg => leg.callId === callId).sort((a, b) => (a.role < b.role ? -1 : 1));
  }
}

/** Whether a text in lower case stands in the leg's call id, or in what is known of its call. */
const isFound = (leg, search) => leg.callId.toLowerCase().includes(search)
  || Object.values(leg.attributes || {}).some(value => value.toLowerCase().includes(search));

/** What is known of the leg's call, queue, agent and tags first. */
export function attributesOf(leg) {
  const all = Object.entries(leg.attributes || {});
  const place = name => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return all.sort((a, b) => place(a[0]) - place(b[0]));
}

/** Whether the leg has the wanted label and sentiment now, and has had it for longer than wanted. */
export function holds(leg, filter) {
  return (!filter.label || leg.label === filter.label)
    && (!filter.sentiment || leg.sentiment === filter.sentiment)
    && (!filter.seconds || (leg.runMs || 0) > filter.seconds * 1000);
}

export const lastWindow = leg => leg.windows[leg.windows.length - 1];
export const isAhead = (window, windows) => !windows.length || window[END] > windows[windows.length - 1][END];
