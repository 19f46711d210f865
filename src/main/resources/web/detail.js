// One call: its figures, its timeline, the votes of any window, its summary.
import {CONFIDENCE, END, INDEX, LABEL, SENTIMENT, START, drawBand, isDoubtful, mark, markNow, windowAt} from './band.js';
import {LABELS, swatch} from './labels.js';
import {attributesOf, isAhead} from './calls.js';
import {feedback} from './feedback.js';
import {Tiles} from './tiles.js';
import {Timeline} from './timeline.js';
import {duration, el, percent, roleName, say, sentimentName, signed} from './text.js';
import {labelsOf, votes} from './window.js';

/** Of the call's whole length, the large band shows what leaves a window so many pixels a second. */
const PIXELS_PER_S = 9;
const ENDS = {LAST_CHUNK: 'ended by the caller’s system', IDLE: 'ended: nothing came any more', UNKNOWN: 'ended'};

export class Detail {
  #box;
  #calls;
  #close;
  #callId = null;
  #legs = new Map();
  #timeline;
  #tiles;
  #asked = 0;

  constructor(box, calls, close) {
    this.#box = box;
    this.#calls = calls;
    this.#close = close;
    new ResizeObserver(() => this.draw()).observe(box);
  }

  get callId() {
    return this.#callId;
  }

  /** Opens a call, or with null closes the panel. */
  async open(callId) {
    this.#callId = callId;
    this.#legs = new Map();
    this.#box.hidden = callId === null;
    this.#box.replaceChildren();
    if (callId === null) return;
    this.#head(callId);
    const asked = ++this.#asked;
    const answer = await get(`/api/calls/${encodeURIComponent(callId)}`);
    if (asked !== this.#asked || this.#callId !== callId) return;
    if (answer.legs) {
      this.#take(answer.legs);
    } else {
      this.#note.hidden = false;
    }
  }

  /** Shows a recording that was judged: its legs, each with all of its events. */
  show(name, legs, remarks) {
    this.#callId = null;
    this.#asked++;
    this.#legs = new Map();
    this.#box.hidden = false;
    this.#box.replaceChildren();
    this.#head(name, 'recording');
    for (const remark of remarks) this.#box.append(el('p', 'quiet', remark));
    this.#take(legs);
  }

  get isOpen() {
    return !this.#box.hidden;
  }

  /** The conversation of the call, once it is told. */
  #conversation() {
    return [...this.#legs.values()].map(view => view.leg.conversation).find(Boolean);
  }

  #note;
  #known;

  /** Who it is: each attribute of the call. */
  #tell(leg) {
    const known = leg ? attributesOf(leg) : [];
    if (this.#known.childElementCount === known.length) return;
    this.#known.replaceChildren(...known.map(([name, value]) => el('div', '', el('dt', '', name), el('dd', '', value))));
    this.#known.hidden = !known.length;
  }

  #head(name, kind = 'call') {
    const title = el('h2', '', name);
    title.id = 'detail-title';
    title.tabIndex = -1;
    const close = el('button', 'plain', 'Close');
    close.type = 'button';
    close.addEventListener('click', () => this.#close());
    const copy = el('button', 'plain', 'Copy link');
    copy.type = 'button';
    copy.addEventListener('click', () => copyLink(copy));
    this.#note = el('p', 'quiet', 'This call is not live, and not among those that ended in the last ten minutes. '
      + 'The topic of events holds older ones.');
    this.#note.hidden = true;
    if (kind === 'recording') copy.hidden = true;
    this.#tiles = new Tiles();
    this.#known = el('dl', 'attributes');
    this.#known.setAttribute('aria-label', 'What is known of the call');
    this.#known.hidden = true;
    this.#timeline = new Timeline((number, index) => this.#legs.get(number)?.pick(index));
    this.#box.append(el('div', 'detail-head', title, copy, close), this.#known, this.#note, this.#tiles.element, this.#timeline.element);
    this.#box.scrollTop = 0;
    title.focus({preventScroll: true});
  }

  /** Takes what the stream told of any legs. */
  hear(legs, whole) {
    if (this.#callId === null) return;
    const mine = legs.filter(leg => leg.callId === this.#callId);
    if (!mine.length) return;
    const unknown = mine.some(leg => !this.#legs.has(leg.leg));
    if (unknown || whole) {
      // A leg that has just begun, or one that the page lost sight of for a while.
      const callId = this.#callId;
      get(`/api/calls/${encodeURIComponent(callId)}`).then(answer => {
        if (answer.legs && this.#callId === callId) this.#take(answer.legs);
      });
    } else {
      this.#take(mine.map(leg => ({...leg, windows: leg.fresh})));
    }
  }

  #take(legs) {
    this.#note.hidden = true;
    for (const told of legs) {
      let view = this.#legs.get(told.leg);
      if (!view) {
        for (const [number, old] of this.#legs) {
          if (old.leg.role === told.role) {
            old.element.remove();
            this.#legs.delete(number);
          }
        }
        view = new LegPanel(told, this.#calls, () => this.draw());
        this.#legs.set(told.leg, view);
        this.#box.append(view.element);
      }
      view.take(told);
    }
    this.draw();
  }

  /** Draws what moves with time. */
  draw() {
    if (!this.#legs.size || this.#box.hidden) return;
    const views = [...this.#legs.values()];
    for (const view of views) view.draw();
    this.#tell(views.map(view => view.leg).find(leg => leg.attributes));
    this.#tiles.show(views, this.#conversation());
    this.#timeline.draw(views.map(view => view.shown()), this.#conversation(), getComputedStyle(this.#box));
  }
}

/** One leg of the call. */
class LegPanel {
  leg;
  #calls;
  #windows = [];
  /** Index of the window that is shown; null: always the newest. */
  #picked = null;
  #shownKey = '';
  #asked = 0;
  #events = new Map();
  #zoom = el('canvas', 'zoom');
  #sub = el('p', 'quiet');
  #follow = el('button', 'plain', 'Follow the newest');
  #window = el('div', 'window');
  #summary = el('div', 'summary');
  #redraw;
  #from = 0;
  #zoomMs = 60_000;

  /** @param redraw is run when another window was picked */
  constructor(leg, calls, redraw) {
    this.leg = leg;
    this.#calls = calls;
    this.#redraw = redraw;
    this.#follow.type = 'button';
    this.#follow.addEventListener('click', () => this.pick(null));
    this.#zoom.tabIndex = 0;
    this.#zoom.setAttribute('role', 'slider');
    this.#zoom.setAttribute('aria-label', `Window of the ${roleName(leg.role)}’s voice`);
    this.#zoom.addEventListener('keydown', event => this.#key(event));
    this.#zoom.addEventListener('click', event => this.#click(event, this.#zoom, this.#from, this.#from + this.#zoomMs));
    this.element = el('section', 'leg',
      el('h3', '', roleName(leg.role)), this.#sub, this.#summary,
      el('div', 'bands', this.#zoom), this.#follow, this.#window);
    this.element.setAttribute('aria-label', `${roleName(leg.role)} of the call`);
  }

  take(told) {
    this.leg = told;
    for (const event of told.events || []) this.#events.set(event.index, event);
    for (const window of told.windows) if (isAhead(window, this.#windows)) this.#windows.push(window);
    if (told.summary && !this.#summary.firstChild) this.#summarise(told.summary);
    this.#show();
  }

  /** What the timeline draws of it. */
  shown() {
    return {leg: this.leg, windows: this.#windows, endMs: this.#end(), fromMs: this.#from, zoomMs: this.#zoomMs};
  }

  get windows() {
    return this.#windows;
  }

  #end() {
    return Math.max(1_000, this.leg.durationMs, Math.floor(this.#calls.edgeMs(this.leg) / 1000) * 1000);
  }

  #current() {
    const newest = this.#windows[this.#windows.length - 1];
    return this.#picked === null ? newest : this.#windows.find(window => window[INDEX] === this.#picked) || newest;
  }

  draw() {
    const width = this.#zoom.clientWidth;
    if (!width) return;
    const style = getComputedStyle(this.element);
    const colour = name => style.getPropertyValue(name).trim();
    const look = {line: colour('--line'), ink: colour('--ink'), now: colour('--accent')};
    this.#zoomMs = Math.round(width / PIXELS_PER_S) * 1000;
    const end = this.#end(), current = this.#current();
    const edge = this.#picked === null || !current ? end : Math.min(end, current[END] + this.#zoomMs / 2);
    this.#from = Math.max(0, edge - this.#zoomMs);
    const zoom = {...look, width, height: 76, gap: 1, endMs: end};
    const near = drawBand(this.#zoom, this.#windows, this.#from, this.#from + this.#zoomMs, {...zoom, above: 18, below: 18});
    words(near, this.#windows, this.#from, style);
    ticks(near, this.#from, this.#zoomMs, zoom, style);
    if (!this.leg.ended) markNow(near, end, zoom);
    if (current) mark(near, this.#windows, current[INDEX], zoom);
    say(this.#sub, `${duration(this.#calls.edgeMs(this.leg))} · ${this.#windows.length} windows with speech`
      + (this.leg.ended ? ' · ended' : ' · live'));
    this.#follow.hidden = this.#picked === null || this.leg.ended;
  }

  #click(event, canvas, from, to) {
    const box = canvas.getBoundingClientRect();
    const window = windowAt(this.#windows, from + ((event.clientX - box.left) / box.width) * (to - from));
    if (window) this.pick(window[INDEX]);
  }

  #key(event) {
    const current = this.#current();
    if (!current) return;
    const at = this.#windows.indexOf(current), last = this.#windows.length - 1;
    const to = {ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: last}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const place = Math.min(last, Math.max(0, to));
    this.pick(event.key === 'End' && !this.leg.ended ? null : this.#windows[place][INDEX]);
  }

  /** Shows one window, or with null the newest from now on. */
  pick(index) {
    this.#picked = index;
    this.#redraw();
    this.#show();
  }

  /** Shows the votes and probabilities of the window that is picked. */
  async #show() {
    const current = this.#current();
    if (!current) return;
    const index = current[INDEX];
    this.#zoom.setAttribute('aria-valuemin', this.#windows[0][INDEX]);
    this.#zoom.setAttribute('aria-valuemax', this.#windows[this.#windows.length - 1][INDEX]);
    this.#zoom.setAttribute('aria-valuenow', index);
    this.#zoom.setAttribute('aria-valuetext',
      `${duration(current[START])} to ${duration(current[END])}: ${sentimentName(current[SENTIMENT])}, `
      + `${isDoubtful(current[CONFIDENCE]) ? 'perhaps ' : ''}${current[LABEL]}, ${percent(current[CONFIDENCE])} sure`);
    const key = `${index}`;
    if (key === this.#shownKey) return;
    const asked = ++this.#asked;
    let event = this.#events.get(index);
    if (!event) {
      const answer = await get(`/api/calls/${encodeURIComponent(this.leg.callId)}/events`
        + `?role=${this.leg.role}&from=${index}&limit=1`);
      event = answer.events && answer.events[0];
      if (!event || event.index !== index) return;
      this.#events.set(index, event);
      if (this.#events.size > 200) this.#events.delete(this.#events.keys().next().value);
    }
    if (asked !== this.#asked) return;
    this.#shownKey = key;
    // A recording that was dropped is nobody's call: nothing of it is kept, and nothing can be said of it.
    const marks = this.leg.leg < 0 ? [] : feedback({callId: this.leg.callId, role: this.leg.role, index}, `Is “${event.label}” right?`,
      labelsOf(event));
    this.#window.replaceChildren(...votes(event), ...marks);
  }

  /** How the call went: nothing where the summary does not say. */
  #sentiment(summary) {
    if (!summary.sentiment) return [];
    const whole = el('p', 'went', el('strong', '', sentimentName(summary.sentiment)),
      ` valence ${signed(summary.valence)}`
      + (summary.trend === null ? '' : ` · trend ${signed(summary.trend)}`));
    const quarters = el('ol', 'quarters');
    quarters.setAttribute('aria-label', 'By quarters of the speech');
    for (const quarter of summary.quarters) {
      quarters.append(el('li', '', `${sentimentName(quarter.sentiment)} ${signed(quarter.valence)}`));
    }
    const parts = quarters.firstChild ? [whole, quarters] : [whole];
    if (summary.worst) {
      const {worst} = summary;
      const go = el('button', 'plain', `Worst: ${duration(worst.startMs)} to ${duration(worst.endMs)}, valence ${signed(worst.valence)}`);
      go.type = 'button';
      go.addEventListener('click', () => {
        const window = windowAt(this.#windows, (worst.startMs + worst.endMs) / 2);
        if (window) this.pick(window[INDEX]);
      });
      parts.push(go);
    }
    return parts;
  }

  #summarise(summary) {
    const shares = LABELS.concat(Object.keys(summary.shares).filter(label => !LABELS.includes(label)))
      .filter(label => summary.shares[label] > 0);
    const stack = el('div', 'stack');
    stack.setAttribute('aria-hidden', 'true');
    const words = el('ul', 'shares');
    for (const label of shares.sort((a, b) => summary.shares[b] - summary.shares[a])) {
      words.append(el('li', '', swatch(label), `${label} ${percent(summary.shares[label])}`));
    }
    const facts = el('p', 'quiet', [
      `${duration(summary.speechMs)} of speech in ${duration(summary.durationMs)}`,
      `${summary.windows} windows with a label, ${summary.silentWindows} silent`
        + (summary.notSpeechWindows ? `, ${summary.notSpeechWindows} without a voice` : '')
        + (summary.failedWindows ? `, ${summary.failedWindows} failed: each is a dead letter, and has no label` : ''),
      summary.gaps ? `${summary.gaps} gaps, ${duration(summary.gapMs)}` : 'no gaps',
      ...(summary.contradictingChunks ? [`${summary.contradictingChunks} chunks of another source refused`] : []),
      ENDS[summary.endReason] || ENDS.UNKNOWN,
      `${summary.model.name} ${summary.model.version}`,
    ].join(' · '));
    const moments = el('ul', 'moments');
    for (const moment of summary.strongest) {
      const go = el('button', 'plain', swatch(moment.label), `${duration(moment.startMs)} ${moment.label} ${percent(moment.confidence)}`);
      go.type = 'button';
      go.addEventListener('click', () => this.pick(moment.index));
      moments.append(el('li', '', go));
    }
    const marks = this.leg.leg < 0 || !shares.length ? []
      : feedback({callId: this.leg.callId, role: this.leg.role}, 'Is the call as a whole heard right?');
    this.#summary.append(el('h4', '', 'Summary'), ...this.#sentiment(summary), words, facts);
    if (moments.firstChild) this.#summary.append(el('h5', '', 'Strongest moments'), moments);
    this.#summary.append(...marks);
  }
}

/** Names each stretch of one label above it, where there is room. */
function words({draw, x}, windows, fromMs, style) {
  draw.fillStyle = style.getPropertyValue('--quiet').trim();
  draw.font = `11px ${style.fontFamily}`;
  for (let i = 0; i < windows.length; i++) {
    let last = i;
    while (windows[last + 1] && windows[last + 1][LABEL] === windows[i][LABEL] && windows[last + 1][START] <= windows[last][END]) last++;
    const left = Math.max(0, x(Math.max(windows[i][START], i ? windows[i - 1][END] : 0))), right = x(windows[last][END]);
    if (windows[last][END] > fromMs && right - left > draw.measureText(windows[i][LABEL]).width + 2) {
      draw.fillText(windows[i][LABEL], left, -6);
    }
    i = last;
  }
}

function ticks({draw, x}, fromMs, zoomMs, look, style) {
  draw.fillStyle = style.getPropertyValue('--quiet').trim();
  draw.font = `11px ${style.fontFamily}`;
  for (let ms = Math.ceil(fromMs / 15_000) * 15_000; ms < fromMs + zoomMs; ms += 15_000) {
    draw.fillRect(x(ms), look.height + 2, 1, 4);
    if (x(ms) < look.width - 30) draw.fillText(duration(ms), x(ms) + 4, look.height + 14);
  }
}

async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    say(button, 'Copied');
  } catch {
    // Browsers give the clipboard to https and localhost only: the address bar has the same link.
    say(button, 'Copy it from the address bar');
  }
  setTimeout(() => say(button, 'Copy link'), 2_500);
}

/** The JSON at an address; an error as {status, message}. */
async function get(address) {
  try {
    const answer = await fetch(address, {headers: {Accept: 'application/json'}});
    return await answer.json();
  } catch {
    return {status: 0, message: 'no connection'};
  }
}
