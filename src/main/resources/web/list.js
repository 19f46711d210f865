// The list of calls. Only the rows that can be seen exist, however many calls there are.
import {drawBand} from './band.js';
import {paintSwatch} from './labels.js';
import {bar, decibel, duration, el, percent, roleName, say, sentimentName} from './text.js';

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
    };
    for (const row of this.#rows) row.bandWidth = 0;
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
    const id = el('span', 'id'), sub = el('span', 'sub'), canvas = el('canvas', 'band');
    const swatch = el('canvas', 'swatch'), label = el('span', 'word'), sure = el('span', 'sub');
    const mood = el('span', 'mood');
    const level = bar(0, 'level'), levelText = el('span', 'number');
    const speech = bar(0, 'speech'), speechText = el('span', 'number');
    canvas.setAttribute('aria-hidden', 'true');
    const element = el('div', 'row',
      el('span', 'who', id, sub), canvas,
      el('span', 'now', el('span', 'label', mood, swatch, label), sure),
      el('span', 'voice', el('span', 'meter', el('span', 'name', 'level'), level, levelText),
        el('span', 'meter', el('span', 'name', 'speech'), speech, speechText)));
    element.setAttribute('role', 'option');
    this.#space.append(element);
    return {element, id, sub, canvas, swatch, mood, label, sure, level, levelText, speech, speechText, bandWidth: 0};
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
    say(row.sub, `${roleName(leg.role)} · ${duration(edge)}${leg.ended ? ' · ended' : ''}`);
    paintSwatch(row.swatch, leg.label || '');
    say(row.mood, leg.label ? sentimentName(leg.sentiment) : '');
    if (row.mood.dataset.mood !== leg.sentiment) row.mood.dataset.mood = leg.sentiment || '';
    say(row.label, leg.label || 'no speech yet');
    say(row.sure, leg.label ? `${percent(leg.confidence)} sure · ${percent(leg.agreement)} agree` : '');
    // -60 dBFS is a quiet line, 0 full scale.
    row.level.firstChild.style.width = `${leg.label ? Math.min(100, Math.max(0, (leg.levelDb + 60) / 0.6)) : 0}%`;
    row.speech.firstChild.style.width = `${100 * (leg.speechRatio || 0)}%`;
    say(row.levelText, leg.label ? decibel(leg.levelDb) : '');
    say(row.speechText, leg.label ? percent(leg.speechRatio) : '');
    if (!row.bandWidth) row.bandWidth = row.canvas.clientWidth;
    const whole = Math.floor(edge / 1000) * 1000;
    const end = Math.max(leg.durationMs, whole);
    drawBand(row.canvas, leg.windows, end - SHOWN_MS, end,
      {width: row.bandWidth, height: this.#shape.band, line: this.#shape.line, gap: 0});
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

function describe(leg, edge) {
  const now = leg.label
    ? `${sentimentName(leg.sentiment)}, ${leg.label}, ${percent(leg.confidence)} sure, ${percent(leg.agreement)} of the votes, for ${duration(leg.runMs)}`
    : 'no speech yet';
  return `Call ${leg.callId}, ${roleName(leg.role)}, ${leg.ended ? 'ended after' : 'live for'} ${duration(edge)}, ${now}`;
}
