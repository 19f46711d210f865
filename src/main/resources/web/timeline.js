// A call over time: a row for each voice, where two talk at once and nobody does, the sentiment as a line, one axis for all.
import {fit, drawBand, markNow, windowAt, INDEX} from './band.js';
import {drawMood} from './mood.js';
import {duration, el, roleName} from './text.js';

const BAND = 24, TALK = 4, THIN = 10, MOOD = 44, AXIS = 18;
/** Shortest overlap and silence that are marked, as conversations count them. */
const OVERLAP_MS = 200, SILENCE_MS = 3_000;
const STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

export class Timeline {
  element = el('section', 'timeline');
  #pick;
  #tracks = new Map();
  #span = [0, 1];

  /** @param pick is called with a leg's number and the index of the window that was clicked */
  constructor(pick) {
    this.#pick = pick;
    this.element.setAttribute('aria-label', 'The call over time');
    this.element.hidden = true;
  }

  /**
   * Draws the call.
   *
   * @param views of the legs: leg, windows, endMs (how far it is) and what the enlarged band below shows: fromMs, zoomMs
   * @param conversation of the call, once it has ended and where it is measured; else undefined
   */
  draw(views, conversation, style) {
    if (!views.length) return;
    this.element.hidden = false;
    const began = Math.min(...views.map(view => view.leg.startedAt), conversation ? conversation.startedAt : Infinity);
    const end = Math.max(1_000, ...views.map(view => view.leg.startedAt - began + view.endMs),
      conversation ? conversation.startedAt - began + conversation.durationMs : 0);
    this.#span = [began, end];
    const talks = conversation ? talkOf(conversation, began) : new Map();
    const wanted = [];
    for (const view of views) {
      const shift = view.leg.startedAt - began;
      wanted.push([`band-${view.leg.leg}`, roleName(view.leg.role), canvas => {
        const look = {...this.#look(canvas, style), height: BAND, above: 1, below: TALK + 2, gap: 0, beginMs: 0, endMs: view.endMs};
        const drawn = drawBand(canvas, view.windows, -shift, end - shift, look);
        this.#bars(drawn.draw, look, talks.get(view.leg.role), BAND + 2, TALK, look.quiet);
        if (view.zoomMs < end) {
          drawn.draw.strokeStyle = look.ink;
          drawn.draw.lineWidth = 1;
          const left = Math.max(0, drawn.x(view.fromMs));
          drawn.draw.strokeRect(left + 0.5, -0.5, Math.min(look.width, drawn.x(view.fromMs + view.zoomMs)) - left - 1, BAND + 1);
        }
        if (!view.leg.ended) markNow(drawn, view.endMs, look);
      }, view, shift]);
    }
    for (const [role, stretches] of talks) {
      if (views.some(view => view.leg.role === role)) continue;
      wanted.push([`talk-${role}`, roleName(role), canvas => {
        const look = this.#look(canvas, style);
        this.#bars(fit(canvas, look.width, THIN + 4), look, stretches, 2, THIN, look.quiet);
      }]);
    }
    if (talks.size > 1) {
      const [overlap, silence] = between([...talks.values()], end);
      if (overlap.length) wanted.push(['overlap', 'both', canvas => {
        const look = this.#look(canvas, style);
        this.#bars(fit(canvas, look.width, THIN), look, overlap, 1, THIN - 2, look.bad);
      }]);
      if (silence.length) wanted.push(['silence', 'silence', canvas => {
        const look = this.#look(canvas, style);
        this.#hatch(fit(canvas, look.width, THIN), look, silence);
      }]);
    }
    for (const view of views) {
      const shift = view.leg.startedAt - began;
      wanted.push([`mood-${view.leg.leg}`, views.length > 1 ? `sentiment, ${roleName(view.leg.role)}` : 'sentiment', canvas => {
        const look = {...this.#look(canvas, style), height: MOOD};
        const drawn = drawMood(canvas, view.windows, -shift, end - shift, look);
        if (!view.leg.ended) markNow(drawn, view.endMs, look);
      }, view, shift]);
    }
    wanted.push(['axis', '', canvas => this.#axis(canvas, style, views.some(view => !view.leg.ended))]);
    this.#show(wanted);
  }

  /** Makes the rows that are missing, drops those that are no longer wanted, draws all. */
  #show(wanted) {
    const names = new Set(wanted.map(([key]) => key));
    for (const [key, track] of this.#tracks) {
      if (!names.has(key)) {
        track.element.remove();
        this.#tracks.delete(key);
      }
    }
    wanted.forEach(([key, name, draw, view, shift], place) => {
      let track = this.#tracks.get(key);
      if (!track) {
        const canvas = el('canvas', 'over-time');
        canvas.setAttribute('aria-hidden', 'true');
        track = {canvas, element: el('div', 'track', el('span', 'name', name), canvas)};
        canvas.addEventListener('click', event => this.#click(track, event));
        this.#tracks.set(key, track);
      }
      track.view = view;
      track.shift = shift;
      if (this.element.children[place] !== track.element) this.element.insertBefore(track.element, this.element.children[place] || null);
      draw(track.canvas);
    });
  }

  #look(canvas, style) {
    const colour = name => style.getPropertyValue(name).trim();
    return {
      width: canvas.clientWidth || 1, line: colour('--line'), ink: colour('--ink'), quiet: colour('--quiet'), now: colour('--accent'),
      bad: colour('--bad'), font: style.fontFamily,
    };
  }

  #bars(draw, look, stretches, top, tall, colour) {
    draw.fillStyle = colour;
    for (const [from, to] of stretches || []) {
      const left = (from / this.#span[1]) * look.width;
      draw.fillRect(left, top, Math.max(1, (to / this.#span[1]) * look.width - left), tall);
    }
  }

  /** Silence as slanted lines: it must not look like talk. */
  #hatch(draw, look, stretches) {
    draw.strokeStyle = look.quiet;
    draw.lineWidth = 1;
    for (const [from, to] of stretches) {
      const left = (from / this.#span[1]) * look.width, right = Math.max(left + 2, (to / this.#span[1]) * look.width);
      draw.save();
      draw.beginPath();
      draw.rect(left, 1, right - left, THIN - 2);
      draw.clip();
      draw.beginPath();
      for (let x = Math.floor(left / 5) * 5 - THIN; x < right; x += 5) {
        draw.moveTo(x, THIN);
        draw.lineTo(x + THIN, 0);
      }
      draw.stroke();
      draw.restore();
    }
  }

  #axis(canvas, style, now) {
    const look = this.#look(canvas, style), end = this.#span[1];
    const draw = fit(canvas, look.width, AXIS);
    const fitting = Math.max(1, Math.floor(look.width / 70));
    const step = 1000 * (STEPS_S.find(seconds => end / (seconds * 1000) <= fitting) || 7200);
    draw.font = `11px ${look.font}`;
    draw.fillStyle = look.quiet;
    const live = now ? draw.measureText('now').width + 6 : 0;
    for (let ms = 0; ms <= end; ms += step) {
      const x = (ms / end) * look.width, text = duration(ms);
      draw.fillRect(Math.min(x, look.width - 1), 0, 1, 4);
      if (x + 4 + draw.measureText(text).width < look.width - live) draw.fillText(text, x + 3, 13);
    }
    if (now) {
      draw.fillStyle = look.now;
      draw.fillText('now', look.width - live + 4, 13);
    }
  }

  #click({canvas, view, shift}, event) {
    if (!view) return;
    const box = canvas.getBoundingClientRect();
    const window = windowAt(view.windows, ((event.clientX - box.left) / box.width) * this.#span[1] - shift);
    if (window) this.#pick(view.leg.leg, window[INDEX]);
  }
}

/** When each role talked, in ms since the call began; roles of which that is not said are left out. */
function talkOf(conversation, began) {
  const shift = conversation.startedAt - began;
  const talks = new Map();
  for (const leg of conversation.legs) {
    if (leg.stretches && (leg.stretches.length || !leg.talkMs)) {
      talks.set(leg.role, leg.stretches.map(({startMs, endMs}) => [startMs + shift, endMs + shift]));
    }
  }
  return talks;
}

/** When two talk at once, and when nobody does: both as [from, to]. */
export function between(talks, end) {
  const turns = talks.flat().flatMap(([from, to]) => [[from, 1], [to, -1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const overlap = [], silence = [];
  let count = 0, at = 0;
  for (const [ms, step] of [...turns, [end, 0]]) {
    if (count === 0 && ms - at >= SILENCE_MS) silence.push([at, ms]);
    if (count > 1 && ms - at >= OVERLAP_MS) overlap.push([at, ms]);
    count += step;
    at = ms;
  }
  return [overlap, silence];
}
