// What the page knows of the calls, kept up by the stream.
import {END} from './band.js';

/** The list shows the last three minutes of a leg; a few more windows cost nothing. */
const KEPT = 240;

export class Calls {
  legs = new Map();
  #offsetMs = 0;

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

  /** The legs that a filter lets through: live ones first, the newest call first. */
  chosen(filter) {
    const search = filter.search.toLowerCase();
    return [...this.legs.values()]
      .filter(leg => (!search || leg.callId.toLowerCase().includes(search))
        && (filter.which === 'all' || leg.ended === (filter.which === 'ended'))
        && holds(leg, filter))
      .sort((a, b) => a.ended - b.ended || b.startedAt - a.startedAt || a.leg - b.leg);
  }

  /** The legs of one call. */
  ofCall(callId) {
    return [...this.legs.values()].filter(leg => leg.callId === callId).sort((a, b) => (a.role < b.role ? -1 : 1));
  }
}

/** Whether the leg has the wanted label and sentiment now, and has had it for longer than wanted. */
export function holds(leg, filter) {
  return (!filter.label || leg.label === filter.label)
    && (!filter.sentiment || leg.sentiment === filter.sentiment)
    && (!filter.seconds || (leg.runMs || 0) > filter.seconds * 1000);
}

export const lastWindow = leg => leg.windows[leg.windows.length - 1];
export const isAhead = (window, windows) => !windows.length || window[END] > windows[windows.length - 1][END];
