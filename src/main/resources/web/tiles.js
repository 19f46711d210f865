// The call in a few figures.
import {SENTIMENT} from './band.js';
import {goingOf} from './mood.js';
import {duration, el, percent, roleName, say, sentimentName, signed, trendName} from './text.js';

export class Tiles {
  element = el('dl', 'tiles');
  #shown = new Map();

  constructor() {
    this.element.setAttribute('aria-label', 'The call in figures');
  }

  /** @param views of the legs: leg, windows */
  show(views, conversation) {
    const several = views.filter(view => view.windows.length).length > 1;
    const tiles = views.flatMap(view => ofLeg(view, several ? `, ${roleName(view.leg.role)}` : ''));
    if (conversation) tiles.push(...ofConversation(conversation));
    const names = new Set(tiles.map(([name]) => name));
    for (const [name, tile] of this.#shown) {
      if (!names.has(name)) {
        tile.element.remove();
        this.#shown.delete(name);
      }
    }
    for (const [name, value, more, bad] of tiles) {
      let tile = this.#shown.get(name);
      if (!tile) {
        tile = {value: el('dd', ''), more: el('dd', 'quiet')};
        tile.element = el('div', 'tile', el('dt', '', name), tile.value, tile.more);
        this.#shown.set(name, tile);
        this.element.append(tile.element);
      }
      say(tile.value, value);
      say(tile.more, more || '');
      tile.element.classList.toggle('bad', Boolean(bad));
    }
  }
}

function ofLeg({leg, windows}, of) {
  const tiles = [], {summary} = leg, going = goingOf(windows);
  if (summary && summary.sentiment) {
    tiles.push([`Sentiment${of}`, sentimentName(summary.sentiment), `valence ${signed(summary.valence)}`, summary.sentiment === 'NEGATIVE']);
  } else if (windows.length) {
    tiles.push([`Sentiment now${of}`, sentimentName(going.mood), `${windows.length} windows`, going.mood === 'NEGATIVE']);
  }
  if (windows.length) {
    const negative = summary && summary.sentiments && 'NEGATIVE' in summary.sentiments ? summary.sentiments.NEGATIVE
      : windows.filter(one => one[SENTIMENT] === 'NEGATIVE').length / windows.length;
    tiles.push([`Negative${of}`, percent(negative), 'of windows']);
  }
  const trend = summary ? summary.trend : going.change;
  if (trend !== null && trend !== undefined) {
    tiles.push([`Trend${of}`, trendName(trend), `${signed(trend)} ${summary ? 'by quarters' : 'in 3 min'}`, trend <= -0.15]);
  }
  const alerts = leg.alerts || [];
  if (alerts.length) {
    const newest = alerts[alerts.length - 1];
    tiles.push([`Alerts${of}`, String(alerts.length), `${newest.rule} at ${duration(newest.endMs)}`, true]);
  }
  if (summary && summary.failedWindows) {
    tiles.push([`Failed windows${of}`, String(summary.failedWindows), 'got no label', true]);
  }
  return tiles;
}

function ofConversation(conversation) {
  const tiles = conversation.legs.map(leg => [`Talk, ${roleName(leg.role)}`, percent(leg.share),
    `${duration(leg.talkMs)}, ${duration(leg.monologueMs)} in a row`]);
  tiles.push(['Silence', duration(conversation.silenceMs), conversation.silences
    ? `${conversation.silences} times, at most ${duration(conversation.longestSilenceMs)}` : 'never 3 s']);
  const cut = conversation.legs.filter(leg => leg.interruptions)
    .map(leg => `${roleName(leg.role)} cut in ${leg.interruptions} ${leg.interruptions === 1 ? 'time' : 'times'}`);
  tiles.push(['Both at once', duration(conversation.overlapMs), cut.join(', ') || `${conversation.overlaps} times`]);
  return tiles;
}
