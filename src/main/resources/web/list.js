// The list of calls. Only the rows that can be seen exist, however many calls there are.
import {END, drawBand, isDoubtful, markNow} from './band.js';
import {attributesOf} from './calls.js';
import {paintSwatch} from './labels.js';
import {drawMood} from './mood.js';
import {duration, el, percent, roleName, say, sentimentName, trendName} from './text.js';

const SHOWN_MS = 180_000;
/** Rows above and below what can be seen. */
const SPARE = 3;

export class CallList {
  #box;
  #space;
  #calls;
  #open;
  #legs = [];
  #rows = [];
  #active = null;
  #shape = {};

  /** @param open is called with the call id that was chosen */
  constructor(box, space, calls, open) {
    this.#box = box;
    this.#space = space;
    this.#calls = calls;
    this.#open = open;
    box.addEventListener('scroll', () => this.draw(), {passive: true});
    box.addEventListener('keydown', event => this.#key(event));
    box.addEventListener('click', event => {
      const row = event.target.closest('.row');
      if (row) this.#choose(Number(row.dataset.leg));
    });
    box.addEventListener('focus', () => {
      if (this.#active === null && this.#legs.length) this.#active = this.#legs[0].leg;
      this.draw();
    });
    new ResizeObserver(() => this.measure()).observe(box);
  }

  /** Takes sizes and colours from the style sheet. */
  measure() {
    const style = getComputedStyle(this.#box);
    this.#shape = {
      row: parseFloat(style.getPropertyValue('--row')),
      band: parseFloat(style.getPropertyValue('--band')),
      line: style.getPropertyValue('--line').trim(),
      ink: style.getPropertyValue('--quiet').trim(),
      bad: style.getPropertyValue('--bad').trim(),
      now: style.getPropertyValue('--accent').trim(),
    };
    for (const row of this.#rows) {
      row.bandWidth = row.moodWidth = 0;
      row.drawn = '';
    }
    this.draw();
  }

  show(legs, openCall) {
    this.#legs = legs;
    this.openCall = openCall;
    if (this.#active !== null && !legs.some(leg => leg.leg === this.#active)) this.#active = null;
    this.draw();
  }

  draw() {
    const {row: tall} = this.#shape;
    if (!tall) return;
    this.#space.style.height = `${this.#legs.length * tall}px`;
    const first = Math.max(0, Math.floor(this.#box.scrollTop / tall) - SPARE);
    const count = Math.min(this.#legs.length - first, Math.ceil(this.#box.clientHeight / tall) + 2 * SPARE);
    while (this.#rows.length < count) this.#rows.push(this.#makeRow());
    this.#rows.forEach((row, i) => {
      const hidden = i >= count;
      if (row.element.hidden !== hidden) row.element.hidden = hidden;
    });
    for (let i = 0; i < count; i++) {
      // A row keeps its place in the pool by its place in the list, so that scrolling repaints few of them.
      this.#fillRow(this.#rows[(first + i) % this.#rows.length], this.#legs[first + i], first + i);
    }
    if (this.#rows.length > count) {
      const used = new Set();
      for (let i = 0; i < count; i++) used.add((first + i) % this.#rows.length);
      this.#rows.forEach((row, i) => (row.element.hidden = !used.has(i)));
    }
    const active = this.#legs.findIndex(leg => leg.leg === this.#active);
    if (active >= first && active < first + count) {
      this.#box.setAttribute('aria-activedescendant', `leg-${this.#active}`);
    } else {
      this.#box.removeAttribute('aria-activedescendant');
    }
  }

  #makeRow() {
    const id = el('span', 'id'), sub = el('span', 'sub'), known = el('span', 'known'), canvas = el('canvas', 'band');
    const swatch = el('canvas', 'swatch'), label = el('span', 'word'), sure = el('span', 'sub');
    const mood = el('span', 'mood');
    const line = el('canvas', 'mood-line'), course = el('span', 'sub');
    line.setAttribute('aria-hidden', 'true');
    canvas.setAttribute('aria-hidden', 'true');
    const element = el('div', 'row',
      el('span', 'who', id, sub, known), canvas,
      el('span', 'now', el('span', 'label', mood, swatch, label), sure),
      el('span', 'course', line, course));
    element.setAttribute('role', 'option');
    this.#space.append(element);
    return {element, id, sub, known, canvas, swatch, mood, label, sure, line, course, bandWidth: 0, moodWidth: 0, drawn: ''};
  }

  #fillRow(row, leg, at) {
    const {element} = row, edge = this.#calls.edgeMs(leg);
    element.hidden = false;
    element.id = `leg-${leg.leg}`;
    element.dataset.leg = leg.leg;
    element.style.transform = `translateY(${at * this.#shape.row}px)`;
    element.classList.toggle('ended', leg.ended);
    element.classList.toggle('active', leg.leg === this.#active);
    element.classList.toggle('open', leg.callId === this.openCall);
    element.setAttribute('aria-selected', String(leg.callId === this.openCall));
    element.setAttribute('aria-setsize', this.#legs.length);
    element.setAttribute('aria-posinset', at + 1);
    element.setAttribute('aria-label', describe(leg, edge));
    say(row.id, leg.callId);
    say(row.sub, `${roleName(leg.role)} · ${duration(edge)}${leg.ended ? ' · ended' : ''}${faults(leg)}`);
    say(row.known, attributesOf(leg).map(([, value]) => value).join(' · '));
    element.classList.toggle('alerted', Boolean(leg.alerts && leg.alerts.length));
    const doubtful = Boolean(leg.label) && isDoubtful(leg.confidence);
    paintSwatch(row.swatch, leg.label || '', doubtful);
    say(row.mood, leg.label ? sentimentName(leg.sentiment) : '');
    if (row.mood.dataset.mood !== leg.sentiment) row.mood.dataset.mood = leg.sentiment || '';
    say(row.label, leg.label || 'no speech yet');
    row.label.classList.toggle('doubtful', doubtful);
    say(row.sure, leg.label ? `${doubtful ? 'only ' : ''}${percent(leg.confidence)} sure · ${percent(leg.agreement)} agree` : '');
    say(row.course, courseOf(leg));
    if (!row.bandWidth) row.bandWidth = row.canvas.clientWidth;
    const whole = Math.floor(edge / 1000) * 1000;
    const end = Math.max(leg.durationMs, whole);
    // Scrolling fills rows many times a second: what stands there is not drawn again.
    const last = leg.windows[leg.windows.length - 1];
    const content = `${leg.leg} ${leg.ended} ${leg.windows.length} ${last ? last[END] : ''} ${end}`;
    if (row.drawn === content) return;
    row.drawn = content;
    const look = {...this.#shape, width: row.bandWidth, height: this.#shape.band, gap: 0};
    const drawn = drawBand(row.canvas, leg.windows, end - SHOWN_MS, end, look);
    minutes(drawn.draw, look);
    if (!leg.ended) markNow(drawn, end, look);
    if (!row.moodWidth) row.moodWidth = row.line.clientWidth;
    if (row.moodWidth) {
      drawMood(row.line, leg.windows, end - SHOWN_MS, end, {...this.#shape, width: row.moodWidth, height: this.#shape.band - 16});
    }
  }

  #choose(number) {
    const leg = this.#legs.find(each => each.leg === number);
    if (!leg) return;
    this.#active = number;
    this.#open(leg.callId);
  }

  #key(event) {
    const at = this.#legs.findIndex(leg => leg.leg === this.#active);
    const page = Math.max(1, Math.floor(this.#box.clientHeight / this.#shape.row) - 1);
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.#legs.length - 1,
    }[event.key];
    if (to !== undefined && this.#legs.length) {
      event.preventDefault();
      const place = Math.min(this.#legs.length - 1, Math.max(0, to));
      this.#active = this.#legs[place].leg;
      this.#reveal(place);
      this.draw();
    } else if ((event.key === 'Enter' || event.key === ' ') && this.#active !== null) {
      event.preventDefault();
      this.#choose(this.#active);
    }
  }

  #reveal(place) {
    const {row: tall} = this.#shape, top = place * tall;
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    const below = top + tall - this.#box.clientHeight;
    if (below > this.#box.scrollTop) this.#box.scrollTop = below;
  }
}

/** The minutes before now, as the axis above the rows names them. */
function minutes(draw, look) {
  draw.fillStyle = look.line;
  for (const third of [1, 2]) draw.fillRect(Math.round((look.width * third) / 3), 0, 1, look.height);
}

/** How much of what was said in the last three minutes is negative, and which way it goes. */
function courseOf({going}) {
  if (!going.mood) return '';
  const trend = trendName(going.change);
  return `${percent(going.negative)} negative${trend && ` · ${trend}`}`;
}

/** Alerts, and windows that got no label since something failed. */
function faults(leg) {
  const alerts = leg.alerts ? leg.alerts.length : 0, failed = leg.summary ? leg.summary.failedWindows : 0;
  return (alerts ? ` · ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}` : '') + (failed ? ` · ${failed} failed` : '');
}

function describe(leg, edge) {
  const now = leg.label
    ? `${sentimentName(leg.sentiment)}, ${isDoubtful(leg.confidence) ? 'perhaps ' : ''}${leg.label}, ${percent(leg.confidence)} sure, ${percent(leg.agreement)} of the votes, for ${duration(leg.runMs)}`
    : 'no speech yet';
  const known = attributesOf(leg).map(([name, value]) => `, ${name} ${value}`).join('');
  return `Call ${leg.callId}, ${roleName(leg.role)}${known}, ${leg.ended ? 'ended after' : 'live for'} ${duration(edge)}, ${now}`
    + (leg.label ? `, ${courseOf(leg)}` : '') + faults(leg).replaceAll(' · ', ', ');
}
